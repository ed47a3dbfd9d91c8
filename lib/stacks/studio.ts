import path from 'node:path';
import { ArnFormat, Duration } from 'aws-cdk-lib';
import type { ILayerVersion } from 'aws-cdk-lib/aws-lambda';
import { CacheControl } from 'aws-cdk-lib/aws-s3-deployment';
import type { Construct } from 'constructs';
import { services } from '../../functions/promises.ts';
import {
  editEnv,
  editStatusEnv,
  inspectEnv,
  makeLongEnv,
  requestUploadEnv,
  templatesEnv,
} from '../../functions/studio/env.ts';
import { AccessLogs } from '../constructs/access-logs.ts';
import { OwnedFunction } from '../constructs/owned-function.ts';
import { PrivateBucket } from '../constructs/private-bucket.ts';
import { PublishedFolder } from '../constructs/published-folder.ts';
import { ServiceApi } from '../constructs/service-api.ts';
import { SharpLayer } from '../constructs/sharp-layer.ts';
import { UploadIntake } from '../constructs/upload-intake.ts';
import { WebCodecsLayer } from '../constructs/webcodecs-layer.ts';
import { WorkQueue } from '../constructs/work-queue.ts';
import type { Stage } from '../stage.ts';
import type { FoundationStack } from './foundation.ts';
import { OwnedStack } from './owned-stack.ts';

/** Keys under these are served by CloudFront, at the address that is the key. */
export const studioPrefixes = { results: 'studio/results/', library: 'studio/library/' } as const;

/** What it draws with, of all who draw: keeps glibc from holding on to memory in many arenas. */
const runtimeEnvironment = { MALLOC_ARENA_MAX: '2' };
const libraryFolder = path.join(import.meta.dirname, '../../build/studio');
const indexFile = 'index.json';

/** Memes, animations and movies: browser → edit (what is short, at once; else → queue → make-long) → results → browser. */
export class StudioStack extends OwnedStack {
  readonly api: ServiceApi;
  readonly uploads: UploadIntake;
  readonly results: PrivateBucket;
  readonly assets: PrivateBucket;

  constructor(scope: Construct, stage: Stage, foundation: FoundationStack) {
    super(scope, services.studio, stage);
    const accessLogs = new AccessLogs(this, 'AccessLogs').bucket;
    this.uploads = new UploadIntake(this, 'Uploads', { accessLogs });
    this.results = new PrivateBucket(this, 'Results', { accessLogs, life: this.config.resultsLife });
    this.results.serve(studioPrefixes.results, { answerMissing: true });
    this.assets = new PrivateBucket(this, 'Assets', { accessLogs });
    this.assets.serve(studioPrefixes.library);
    this.publishLibrary();

    const makeLong = this.makeLong();
    const makeQueue = new WorkQueue(this, 'MakeQueue', {
      name: 'make-long',
      consumer: makeLong,
      batchSize: 1,
      maxConcurrency: this.config.makeConcurrency,
      maxWait: Duration.minutes(3),
      // A movie takes about ten seconds: five minutes of work.
      maxBacklog: 30 * this.config.makeConcurrency,
    });
    const edit = this.edit(makeQueue);
    const editStatus = this.editStatus(makeQueue);
    const templates = this.templates();

    this.api = new ServiceApi(this, 'Api', {
      routes: {
        'POST /studio/uploads': this.requestUpload(foundation),
        'POST /studio/inspect': this.inspectUpload(),
        'POST /studio/edits': edit,
        'GET /studio/edits/{id}': editStatus,
        'DELETE /studio/edits/{id}': editStatus,
        'GET /studio/images/{proxy+}': edit,
        'GET /studio/templates': templates,
        'GET /studio/templates/{id}': templates,
        'GET /studio/fonts': templates,
        'GET /studio/stickers': templates,
        'GET /studio/recipe.schema.json': templates,
      },
      openBecause:
        'Anybody makes a meme without an account. An upload, and what is made of it, is reached only by ids that nobody can guess; uploads are bounded by a signed policy and a rate for each address, work by its estimate, and the API is throttled.',
      longPolls: [edit, editStatus],
    });
  }

  /** Files are named by their content; the index that names them arrives after them. It is for functions: nobody is served it. */
  private publishLibrary(): void {
    const files = new PublishedFolder(this, 'Library', {
      folder: libraryFolder,
      exclude: [indexFile],
      bucket: this.assets,
      prefix: studioPrefixes.library,
      cacheControl: [
        CacheControl.setPublic(),
        CacheControl.maxAge(Duration.days(365)),
        CacheControl.immutable(),
      ],
    });
    new PublishedFolder(this, 'LibraryIndex', {
      folder: libraryFolder,
      exclude: ['*', `!${indexFile}`],
      bucket: this.assets,
      prefix: 'studio/',
      cacheControl: [CacheControl.noCache()],
      after: files,
    });
  }

  private requestUpload(foundation: FoundationStack): OwnedFunction {
    const cache = foundation.cache.accessFor('studio');
    const requestUpload = new OwnedFunction(this, 'RequestUpload', {
      name: 'request-upload',
      description: 'Grants an upload',
      memoryMb: 512,
      timeout: Duration.seconds(10),
      cache,
      schema: requestUploadEnv,
      environment: {
        UPLOADS_BUCKET_NAME: this.uploads.bucket.bucketName,
        EDGE_TOKEN: foundation.edgeToken,
        ...cache.environment,
      },
    });
    this.uploads.allowGranting(requestUpload);
    return requestUpload;
  }

  private edit(makeQueue: WorkQueue): OwnedFunction {
    const timeout = Duration.seconds(29);
    const secretName = `fanfare/${this.deploymentStage}/studio`;
    const edit = new OwnedFunction(this, 'Edit', {
      name: 'edit',
      description: 'Makes stills and short animations at once, and queues everything else',
      // One whole vCPU.
      memoryMb: 1769,
      timeout,
      layers: [new SharpLayer(this, 'Sharp').layer],
      runtimeEnvironment,
      schema: editEnv,
      environment: {
        ...this.buckets,
        MAKE_QUEUE_URL: makeQueue.queue.queueUrl,
        TIMEOUT_MS: String(timeout.toMilliseconds()),
        RESULTS_LIFE_DAYS: String(this.config.resultsLife.toDays()),
        SHARE_SIGNATURES: this.config.shareSignatures,
        SHARE_SECRET_NAME: secretName,
      },
    });
    this.allowMaking(edit);
    makeQueue.allowSending(edit);
    edit.grant(
      ['secretsmanager:GetSecretValue'],
      // Secrets Manager ends the name with six characters of its own.
      [
        this.formatArn({
          service: 'secretsmanager',
          resource: 'secret',
          resourceName: `${secretName}-??????`,
          arnFormat: ArnFormat.COLON_RESOURCE_NAME,
        }),
      ],
    );
    return edit;
  }

  private makeLong(): OwnedFunction {
    const timeout = Duration.minutes(10);
    const makeLong = new OwnedFunction(this, 'MakeLong', {
      name: 'make-long',
      description: 'Makes movies and long animations',
      // Two vCPUs: one draws while the other encodes.
      memoryMb: 3538,
      timeout,
      architecture: WebCodecsLayer.architecture,
      layers: this.movieLayers(),
      runtimeEnvironment,
      schema: makeLongEnv,
      environment: { ...this.buckets, TIMEOUT_MS: String(timeout.toMilliseconds()) },
    });
    this.allowMaking(makeLong);
    return makeLong;
  }

  private inspectUpload(): OwnedFunction {
    const inspect = new OwnedFunction(this, 'InspectUpload', {
      name: 'inspect',
      description: 'Tells what an upload is',
      memoryMb: 1769,
      timeout: Duration.seconds(29),
      architecture: WebCodecsLayer.architecture,
      layers: this.movieLayers(),
      runtimeEnvironment,
      schema: inspectEnv,
      environment: { UPLOADS_BUCKET_NAME: this.uploads.bucket.bucketName },
    });
    this.uploads.allowUploads(inspect, 'read');
    return inspect;
  }

  private editStatus(makeQueue: WorkQueue): OwnedFunction {
    const { UPLOADS_BUCKET_NAME, RESULTS_BUCKET_NAME } = this.buckets;
    const editStatus = new OwnedFunction(this, 'EditStatus', {
      name: 'edit-status',
      description: 'Tells how far an edit is, waits for its end, erases it',
      memoryMb: 256,
      timeout: Duration.seconds(29),
      schema: editStatusEnv,
      environment: { UPLOADS_BUCKET_NAME, RESULTS_BUCKET_NAME, MAKE_QUEUE_URL: makeQueue.queue.queueUrl },
    });
    this.uploads.allowUploads(editStatus, 'delete');
    this.results.allow(editStatus, 'edits/', 'read', 'write');
    this.results.allow(editStatus, 'made/', 'read', 'delete');
    this.results.allow(editStatus, studioPrefixes.results, 'delete');
    makeQueue.allowSending(editStatus);
    return editStatus;
  }

  private templates(): OwnedFunction {
    const templates = new OwnedFunction(this, 'Templates', {
      name: 'templates',
      description: 'Describes the templates, fonts and stickers that there are',
      memoryMb: 256,
      timeout: Duration.seconds(5),
      schema: templatesEnv,
      environment: { ASSETS_BUCKET_NAME: this.assets.bucket.bucketName },
    });
    this.assets.allow(templates, 'studio/', 'read');
    return templates;
  }

  private get buckets() {
    return {
      ASSETS_BUCKET_NAME: this.assets.bucket.bucketName,
      UPLOADS_BUCKET_NAME: this.uploads.bucket.bucketName,
      RESULTS_BUCKET_NAME: this.results.bucket.bucketName,
    };
  }

  /** Reads what an edit is made of, and writes its record and its file. */
  private allowMaking(fn: OwnedFunction): void {
    this.assets.allow(fn, 'studio/', 'read');
    this.uploads.allowUploads(fn, 'read');
    this.results.allow(fn, 'edits/', 'read', 'write');
    this.results.allow(fn, 'made/', 'read', 'write', 'delete');
    // To copy a file it has to be read.
    this.results.allow(fn, studioPrefixes.results, 'read', 'write', 'delete');
  }

  #movieLayers: readonly ILayerVersion[] | undefined;

  /** sharp, and what reads and makes movies, for the only processor that the latter is built for. */
  private movieLayers(): readonly ILayerVersion[] {
    this.#movieLayers ??= [
      new SharpLayer(this, 'SharpForMovies', { architecture: WebCodecsLayer.architecture }).layer,
      new WebCodecsLayer(this, 'WebCodecs').layer,
    ];
    return this.#movieLayers;
  }
}
