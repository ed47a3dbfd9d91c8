import path from 'node:path';
import { Annotations, ArnFormat, CfnOutput, Duration } from 'aws-cdk-lib';
import { CacheControl } from 'aws-cdk-lib/aws-s3-deployment';
import type { Construct } from 'constructs';
import { auditEnv, projectionEnv, receiveEnv } from '../../functions/deployments/env.ts';
import { toDoPrefixes } from '../../functions/deployments/domain/to-do-prefixes.ts';
import { services } from '../../functions/promises.ts';
import { AccessLogs } from '../constructs/access-logs.ts';
import { Every } from '../constructs/every.ts';
import { OwnedFunction } from '../constructs/owned-function.ts';
import { PrivateBucket } from '../constructs/private-bucket.ts';
import { PublishedFolder } from '../constructs/published-folder.ts';
import { ServiceApi } from '../constructs/service-api.ts';
import { WorkQueue } from '../constructs/work-queue.ts';
import { AwsChanges } from '../deployments/aws-changes.ts';
import { PackedChains } from '../deployments/packed-chains.ts';
import { SignedHeads } from '../deployments/signed-heads.ts';
import type { Stage } from '../stage.ts';
import type { FoundationStack } from './foundation.ts';
import { OwnedStack } from './owned-stack.ts';

/** What people ask, when they have signed in. */
const questions = [
  'GET /deployments/services',
  'GET /deployments/services/{id}',
  'GET /deployments/services/{id}/timeline',
  'GET /deployments/events',
  'GET /deployments/events/{id}',
  'GET /deployments/environments/{environment}',
  'GET /deployments/metrics',
] as const;

/** It takes as long as it takes, piece by piece. */
const auditRoute = 'GET /deployments/services/{id}/audit';

/** The stream of deployments and incidents: senders → receive → FIFO queue → record → archive and projection. */
export class DeploymentsStack extends OwnedStack {
  readonly api: ServiceApi;
  private readonly archive: PrivateBucket;
  /** The service directory, and lists of what is still to be done. Nothing in it is of value. */
  private readonly work: PrivateBucket;
  private readonly queue: WorkQueue;

  constructor(scope: Construct, stage: Stage, foundation: FoundationStack) {
    super(scope, services.deployments, stage);
    const accessLogs = new AccessLogs(this, 'AccessLogs').bucket;
    this.archive = new PrivateBucket(this, 'Archive', { accessLogs, lock: this.config.archiveLock });
    new CfnOutput(this, 'ArchiveBucketName', { value: this.archive.bucket.bucketName });
    this.work = new PrivateBucket(this, 'Work', { accessLogs });
    const signed = new SignedHeads(this, 'SignedHeads', {
      archive: this.archive,
      work: this.work,
      accessLogs,
      lock: this.config.archiveLock,
    });
    new PackedChains(this, 'PackedChains', {
      archive: this.archive,
      heads: signed.heads,
      work: this.work,
    });
    new PublishedFolder(this, 'Directory', {
      folder: path.join(import.meta.dirname, '../../build/directory'),
      bucket: this.work,
      cacheControl: [CacheControl.noCache()],
    });
    this.queue = this.recordQueue(foundation);
    this.catchUp(foundation);
    new AwsChanges(this, 'AwsChanges', { queue: this.queue, work: this.work });
    this.refuseExampleIssuer();
    const receive = this.receive();
    const report = this.report(foundation);
    const audit = this.audit(signed);
    this.api = new ServiceApi(this, 'Api', {
      routes: {
        'POST /deployments/events': receive,
        'POST /deployments/webhooks/{tool}/{connection}': receive,
        ...Object.fromEntries(questions.map((route) => [route, report])),
        [auditRoute]: audit,
      },
      signedIn: [...questions, auditRoute],
      longPolls: [report, audit],
      openBecause:
        'Machines sign what they send with the secret of their connection (HMAC-SHA256 over the raw body), which the function verifies before it reads anything; API Gateway cannot verify that. The API is throttled.',
    });
  }

  /** API Gateway would refuse it too, late and without a word about where to mend it. */
  private refuseExampleIssuer(): void {
    const { issuer } = this.config.signIn;
    const isDeployed = this.node.tryGetContext('deployedAt') !== undefined;
    if (isDeployed && new URL(issuer).hostname.endsWith('.example')) {
      Annotations.of(this).addError(
        `Nobody could sign in: signIn of the stage ${this.deploymentStage} in lib/config.ts names the example ${issuer}. Write your OpenID Connect issuer there, the audience of its tokens, and the console’s client id.`,
      );
    }
  }

  private receive(): OwnedFunction {
    const secretPrefix = `fanfare/${this.deploymentStage}/deployments/`;
    const receive = new OwnedFunction(this, 'Receive', {
      name: 'receive',
      description: 'Verifies, checks and queues events of deployments, changes and incidents',
      memoryMb: 512,
      timeout: Duration.seconds(20),
      schema: receiveEnv,
      environment: {
        WORK_BUCKET_NAME: this.work.bucket.bucketName,
        EVENTS_QUEUE_URL: this.queue.queue.queueUrl,
        CONNECTION_SECRET_PREFIX: secretPrefix,
      },
    });
    this.work.allow(receive, 'directory/', 'read');
    this.queue.allowSending(receive);
    const secrets = this.formatArn({
      service: 'secretsmanager',
      resource: 'secret',
      resourceName: `${secretPrefix}*`,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    receive.grant(['secretsmanager:GetSecretValue'], [secrets]);
    receive.acknowledgePermission(
      `IAM5[Resource::arn:<AWS::Partition>:secretsmanager:<AWS::Region>:<AWS::AccountId>:secret:${secretPrefix}*]`,
      'There is a secret for each connection of the service directory, and Secrets Manager ends names with characters of its own; the wildcard is confined to this service’s connections, and the action to reading.',
    );
    return receive;
  }

  private recordQueue(foundation: FoundationStack): WorkQueue {
    const record = new OwnedFunction(this, 'Record', {
      name: 'record',
      description: 'Writes events to the archive, then to the projection',
      memoryMb: 1024,
      timeout: Duration.seconds(60),
      cache: foundation.cache.accessFor('deployments'),
      schema: projectionEnv,
      environment: this.projectionEnvironment(foundation),
    });
    this.allowRecording(record);
    return new WorkQueue(this, 'RecordQueue', {
      name: 'record',
      consumer: record,
      inGroups: true,
      batchSize: 10,
      maxConcurrency: this.config.recordConcurrency,
      maxWait: Duration.minutes(5),
      maxBacklog: 10_000 * this.config.recordConcurrency,
    });
  }

  /** When the cache comes back, there may be no event that would make record look after what was missed. */
  private catchUp(foundation: FoundationStack): void {
    const catchUp = new OwnedFunction(this, 'CatchUp', {
      name: 'catch-up',
      description: 'Brings the projection to the end of chains that were recorded without it',
      // When the cache has lost everything, people wait for it: one whole vCPU.
      memoryMb: 1769,
      timeout: Duration.seconds(120),
      cache: foundation.cache.accessFor('deployments'),
      schema: projectionEnv,
      environment: this.projectionEnvironment(foundation),
    });
    this.archive.allow(catchUp, 'chains/', 'read');
    this.archive.allow(catchUp, 'packs/', 'read');
    this.work.allow(catchUp, toDoPrefixes.behind, 'read', 'delete');
    new Every(this, 'CatchingUp', { fn: catchUp, interval: Duration.minutes(1) });
  }

  private report(foundation: FoundationStack): OwnedFunction {
    const report = new OwnedFunction(this, 'Report', {
      name: 'report',
      description: 'Tells what was deployed and what broke, as figures, lists and timelines',
      // Figures of the whole organisation are a lot of numbers: one whole vCPU.
      memoryMb: 1769,
      timeout: Duration.seconds(29),
      cache: foundation.cache.accessFor('deployments'),
      schema: projectionEnv,
      environment: this.projectionEnvironment(foundation),
    });
    this.archive.allow(report, 'chains/', 'read');
    this.archive.allow(report, 'packs/', 'read');
    this.work.allow(report, 'directory/', 'read');
    return report;
  }

  /** What it verifies, it cannot write. */
  private audit({ heads, key }: SignedHeads): OwnedFunction {
    const audit = new OwnedFunction(this, 'Audit', {
      name: 'audit',
      description: 'Verifies the records of a service against each other and what was signed of them',
      memoryMb: 1024,
      timeout: Duration.seconds(29),
      schema: auditEnv,
      environment: {
        ARCHIVE_BUCKET_NAME: this.archive.bucket.bucketName,
        HEADS_BUCKET_NAME: heads.bucket.bucketName,
        HEAD_KEY_ARN: key.keyArn,
      },
    });
    this.archive.allow(audit, 'chains/', 'read');
    heads.allow(audit, 'heads/', 'read');
    audit.grant(['kms:GetPublicKey'], [key.keyArn]);
    return audit;
  }

  private projectionEnvironment(foundation: FoundationStack) {
    return {
      ARCHIVE_BUCKET_NAME: this.archive.bucket.bucketName,
      WORK_BUCKET_NAME: this.work.bucket.bucketName,
      COUNTED_ENVIRONMENTS: this.config.countedEnvironments.join(','),
      ...foundation.cache.accessFor('deployments').environment,
    };
  }

  /** It may append and never delete. */
  private allowRecording(record: OwnedFunction): void {
    this.archive.allow(record, 'chains/', 'read', 'write');
    this.archive.allow(record, 'packs/', 'read');
    for (const prefix of Object.values(toDoPrefixes)) {
      this.work.allow(record, prefix, 'write');
    }
  }
}
