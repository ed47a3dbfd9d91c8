import path from 'node:path';
import { Duration } from 'aws-cdk-lib';
import { CacheControl } from 'aws-cdk-lib/aws-s3-deployment';
import type { Construct } from 'constructs';
import {
  acceptUploadEnv,
  campaignsEnv,
  jobStatusEnv,
  renderEnv,
  requestUploadEnv,
} from '../../functions/personalise/env.ts';
import { services } from '../../functions/promises.ts';
import type { Stage } from '../stage.ts';
import { AccessLogs } from '../constructs/access-logs.ts';
import { AsyncRetries } from '../constructs/async-retries.ts';
import { OwnedFunction } from '../constructs/owned-function.ts';
import { PrivateBucket } from '../constructs/private-bucket.ts';
import { PublishedFolder } from '../constructs/published-folder.ts';
import { ServiceApi } from '../constructs/service-api.ts';
import { SharpLayer } from '../constructs/sharp-layer.ts';
import { UploadIntake } from '../constructs/upload-intake.ts';
import { WorkQueue } from '../constructs/work-queue.ts';
import type { FoundationStack } from './foundation.ts';
import { OwnedStack } from './owned-stack.ts';

/** Keys under these are served by CloudFront, at the address that is the key. */
export const servedPrefixes = { results: 'personalise/results/', previews: 'personalise/previews/' } as const;

/** Personalised images: browser → presigned POST → uploads → accept-upload → queue → render → results → browser. */
export class PersonaliseStack extends OwnedStack {
  readonly api: ServiceApi;
  readonly uploads: UploadIntake;
  readonly results: PrivateBucket;
  readonly assets: PrivateBucket;

  constructor(scope: Construct, stage: Stage, foundation: FoundationStack) {
    super(scope, services.personalise, stage);
    const cache = foundation.cache.accessFor('personalise');

    const accessLogs = new AccessLogs(this, 'AccessLogs').bucket;
    this.uploads = new UploadIntake(this, 'Uploads', { accessLogs });
    this.results = new PrivateBucket(this, 'Results', { accessLogs, life: this.config.resultsLife });
    this.results.serve(servedPrefixes.results, { answerMissing: true });
    this.assets = new PrivateBucket(this, 'Assets', { accessLogs });
    this.assets.serve(servedPrefixes.previews);
    new PublishedFolder(this, 'Campaigns', {
      folder: path.join(import.meta.dirname, '../../build/campaigns'),
      bucket: this.assets,
      // An address has its campaign's version in it. What changes (the index) is read by functions only.
      cacheControl: [
        CacheControl.setPublic(),
        CacheControl.maxAge(Duration.days(365)),
        CacheControl.immutable(),
      ],
    });

    const buckets = {
      ASSETS_BUCKET_NAME: this.assets.bucket.bucketName,
      UPLOADS_BUCKET_NAME: this.uploads.bucket.bucketName,
      RESULTS_BUCKET_NAME: this.results.bucket.bucketName,
    };
    const { ASSETS_BUCKET_NAME, UPLOADS_BUCKET_NAME, RESULTS_BUCKET_NAME } = buckets;

    const renderTimeout = Duration.seconds(30);
    const render = new OwnedFunction(this, 'Render', {
      name: 'render',
      description: 'Draws every variant of a campaign from one uploaded photo',
      // One whole vCPU.
      memoryMb: 1769,
      timeout: renderTimeout,
      cache,
      layers: [new SharpLayer(this, 'Sharp').layer],
      // Keeps glibc from holding on to memory in many arenas.
      runtimeEnvironment: { MALLOC_ARENA_MAX: '2' },
      schema: renderEnv,
      environment: { ...buckets, ...cache.environment, TIMEOUT_MS: String(renderTimeout.toMilliseconds()) },
    });
    this.assets.allow(render, 'campaigns/', 'read');
    this.uploads.allowUploads(render, 'read');
    for (const prefix of ['jobs/', 'pictures/', servedPrefixes.results]) {
      this.results.allow(render, prefix, 'read', 'write', 'delete');
    }

    const renderQueue = new WorkQueue(this, 'RenderQueue', {
      name: 'render',
      consumer: render,
      batchSize: 1,
      maxConcurrency: this.config.renderConcurrency,
      maxWait: Duration.minutes(2),
      // A photo takes about a third of a second: five minutes of work.
      maxBacklog: 1000 * this.config.renderConcurrency,
    });

    const acceptUpload = new OwnedFunction(this, 'AcceptUpload', {
      name: 'accept-upload',
      description: 'Judges an uploaded photo by its first bytes and queues its render',
      memoryMb: 512,
      timeout: Duration.seconds(30),
      schema: acceptUploadEnv,
      environment: { UPLOADS_BUCKET_NAME, RESULTS_BUCKET_NAME, RENDER_QUEUE_URL: renderQueue.queue.queueUrl },
    });
    this.uploads.allowUploads(acceptUpload, 'read', 'delete');
    this.results.allow(acceptUpload, 'jobs/', 'read', 'write');
    renderQueue.allowSending(acceptUpload);
    this.uploads.notifyUploads(acceptUpload);
    new AsyncRetries(this, 'AcceptUploadRetries', {
      fn: acceptUpload,
      maxEventAge: Duration.hours(6),
    });

    const requestUpload = new OwnedFunction(this, 'RequestUpload', {
      name: 'request-upload',
      description: 'Registers a job and grants its upload',
      memoryMb: 512,
      timeout: Duration.seconds(10),
      cache,
      schema: requestUploadEnv,
      environment: { ...buckets, ...cache.environment, EDGE_TOKEN: foundation.edgeToken },
    });
    this.assets.allow(requestUpload, 'campaigns/', 'read');
    this.uploads.allowGranting(requestUpload);
    this.results.allow(requestUpload, 'jobs/', 'write');

    const jobStatus = new OwnedFunction(this, 'JobStatus', {
      name: 'job-status',
      description: 'Tells how far a job is, waits for its end, erases it',
      memoryMb: 256,
      timeout: Duration.seconds(29),
      cache,
      schema: jobStatusEnv,
      environment: { UPLOADS_BUCKET_NAME, RESULTS_BUCKET_NAME, ...cache.environment },
    });
    this.uploads.allowUploads(jobStatus, 'delete');
    for (const prefix of ['jobs/', 'pictures/', servedPrefixes.results]) {
      this.results.allow(jobStatus, prefix, 'read', 'write', 'delete');
    }

    const campaigns = new OwnedFunction(this, 'OpenCampaigns', {
      name: 'campaigns',
      description: 'Describes the campaigns that are open',
      memoryMb: 256,
      timeout: Duration.seconds(5),
      schema: campaignsEnv,
      environment: { ASSETS_BUCKET_NAME },
    });
    this.assets.allow(campaigns, 'campaigns/', 'read');

    this.api = new ServiceApi(this, 'Api', {
      routes: {
        'POST /personalise/uploads': requestUpload,
        'GET /personalise/campaigns': campaigns,
        'GET /personalise/campaigns/{id}': campaigns,
        'GET /personalise/jobs/{id}': jobStatus,
        'DELETE /personalise/jobs/{id}': jobStatus,
      },
      openBecause:
        'The audience of a campaign takes part without an account. A job is reached only by its unguessable id, uploads are bounded by a signed policy and a rate for each address, and the API is throttled.',
      longPolls: [jobStatus],
    });
  }
}
