import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { type AwsFront, type Credentials, startAwsFront } from './aws/aws-front.ts';
import type { RequestCounts } from './aws/request-counts.ts';
import { alarmPage } from './alarm-page.ts';
import type { Alarms } from './cloudwatch/alarms.ts';
import { takeEmbeddedMetrics } from './cloudwatch/embedded-metrics.ts';
import type { MetricStore } from './cloudwatch/metric-store.ts';
import { Monitoring } from './cloudwatch/monitoring.ts';
import { LambdaMetrics } from './cloudwatch/service-metrics.ts';
import { createApis, createEdge, tokenRules } from './edge/create-edge.ts';
import { connectRules } from './events/connect-rules.ts';
import { EventBus } from './events/event-bus.ts';
import { faultPage } from './fault-page.ts';
import { Faults } from './faults.ts';
import { growHeapFreely } from './heap-growth.ts';
import { HttpServer, portError } from './http/http-server.ts';
import { keysOf } from './kms/keys-of.ts';
import { invokeApi } from './lambda/invoke-api.ts';
import type { LambdaFunction } from './lambda/lambda-function.ts';
import { createFunctions } from './lambda/lambda-functions.ts';
import { createBuckets, createQueues, publishFolders } from './deploy/create-storage.ts';
import { LocalIssuer } from './identity/local-issuer.ts';
import { signInPages } from './identity/sign-in-pages.ts';
import { startCache } from './redis/start-cache.ts';
import type { Sink } from './sink.ts';
import { Topics } from './sns/topics.ts';
import { connectQueues, consumersOf } from './sources/connect-queues.ts';
import { connectNotifications } from './sources/connect-notifications.ts';
import { AsyncInvoker } from './sources/async-invoker.ts';
import { openOutsideWorld } from './outside-world.ts';
import { readAsyncOptions } from './sources/read-async-options.ts';
import { keyOf, loadAssembly, type Resource } from './template/assembly.ts';
import { bucketName, functionName, identify } from './template/identities.ts';
import { Intrinsics } from './template/intrinsics.ts';
import { sortResources } from './template/resource-types.ts';
import { tagValues } from './template/tag-values.ts';

export interface StageOptions {
  /** The folder that `cdk synth` wrote. */
  readonly assembly: string;
  /** Of the site; S3 and SQS listen on the next one, and people sign in at the one after it. @default any free ports */
  readonly port?: number;
  /** Where objects and messages are kept between runs. @default nowhere */
  readonly dataFolder?: string;
  /** How much faster time passes for metrics, alarms and schedules: with 60, their minutes last a second. @default 1 */
  readonly timeScale?: number;
  /** Takes the functions' output and what the stage has to say. */
  readonly log?: (source: string, line: string) => void;
}

export interface Stage extends AsyncDisposable {
  /** `http://host:port` of the site, as CloudFront serves it. */
  readonly origin: string;
  readonly endpoints: {
    readonly s3: string;
    readonly sqs: string;
    readonly lambda: string;
    readonly secretsManager: string;
    readonly kms: string;
    /** The OpenID Connect issuer that stands in for the template's. */
    readonly issuer: string;
    /** `rediss://host:port` of the cache, and the certificate that vouches for it; absent when the template has none. */
    readonly redis?: { readonly url: string; readonly certificateFile: string };
  };
  readonly credentials: Credentials;
  /** A token of somebody of a team, as the template's authorizers take it. */
  token(team: string): Promise<string>;
  readonly region: string;
  /** As `cdk deploy --outputs-file` writes them. */
  readonly outputs: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Resource types that are not run, with the reason. */
  readonly leftOut: ReadonlyMap<string, string>;
  readonly faults: Faults;
  readonly alarms: Alarms;
  readonly metrics: MetricStore;
  /** Events that CloudWatch and the like have put on the default bus. */
  readonly events: EventBus;
  /** What the stage has sent to people. */
  readonly sink: Sink;
  /** The name of the bucket at a construct path such as `Uploads`. Before it may stand the stack’s name; without, the first stack that has one is meant. */
  bucket(path: string): string;
  /** The URL of the queue at a construct path such as `RenderQueue/Queue`. */
  queueUrl(path: string): string;
  /** `http://host:port` of a service's HTTP API itself, without CloudFront before it. */
  apiEndpoint(path: string): string;
  /** By its construct path, or by its name. */
  function(path: string): LambdaFunction;
  /** How many requests to S3 and SQS AWS would have billed since the start. */
  requestCounts(): RequestCounts;
  stop(): Promise<void>;
}

/** fauxqs' own, in the ARNs of queues: dead letters and move tasks go by them. */
const account = '000000000000';
const region = 'eu-west-1';
const credentials = { accessKeyId: 'ASIAFANFARELOCAL', secretAccessKey: 'local', sessionToken: 'local' };

/** Runs a synthesized assembly on this machine. Whatever was started is stopped when the start fails. */
export async function startStage(options: StageOptions): Promise<Stage> {
  const cleanUps: (() => Promise<unknown>)[] = [];
  const stop = async (): Promise<void> => {
    for (const cleanUp of cleanUps.splice(0).toReversed()) {
      await cleanUp();
    }
  };
  try {
    return await start(options, cleanUps, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

async function start(
  options: StageOptions,
  cleanUps: (() => Promise<unknown>)[],
  stop: () => Promise<void>,
): Promise<Stage> {
  growHeapFreely();
  const log = options.log ?? (() => undefined);
  const assembly = await loadAssembly(options.assembly);
  const resources = sortResources(assembly);
  const folder = await mkdtemp(path.join(tmpdir(), 'fanfare-stage-'));
  cleanUps.push(() => rm(folder, { recursive: true, force: true }));

  const redis = await startCache(resources);
  cleanUps.push(async () => redis?.stop());
  const listen = async (port: number): Promise<HttpServer> => {
    const server = await HttpServer.listen(port, (line) => log('stage', line));
    cleanUps.push(() => server.stop());
    return server;
  };
  const { port = 0 } = options;
  const site = await listen(port);
  const awsPort = port === 0 ? 0 : port + 1;
  const aws: AwsFront = await startAwsFront({
    region,
    credentials,
    port: awsPort,
    ...(options.dataFolder === undefined ? {} : { dataFolder: options.dataFolder }),
  }).catch((error: unknown) => {
    throw portError(error, awsPort);
  });
  cleanUps.push(() => aws.stop());
  const apiServers = new Map<string, HttpServer>();
  for (const api of resources.ofType('AWS::ApiGatewayV2::Api')) {
    apiServers.set(keyOf(api), await listen(0));
  }
  const apiAuthority = (api: Resource): string => apiServers.get(keyOf(api))?.authority ?? '';
  const intrinsics = new Intrinsics(assembly, {
    account,
    region,
    identify: (resource) =>
      identify(resource, {
        account,
        region,
        awsEndpoint: aws.endpoint,
        site: site.authority,
        apiEndpoint: (api) => `http://${apiAuthority(api)}`,
        redis,
      }),
  });

  const timeScale = options.timeScale ?? 1;
  const monitoring = new Monitoring({
    resources,
    intrinsics,
    place: { account, region },
    timeScale,
    log: (line) => log('stage', line),
  });
  cleanUps.push(() => monitoring.stop());
  monitoring.watchCache(redis);
  const outside = await openOutsideWorld(
    assembly,
    async () => listen(0),
    { account, region },
    keysOf(resources, intrinsics),
  );
  const { sink } = outside;
  cleanUps.push(async () => sink.heal());

  const client = { endpoint: aws.endpoint, region, credentials };
  const s3 = new S3Client({ ...client, forcePathStyle: true });
  const sqs = new SQSClient(client);
  cleanUps.push(async () => {
    s3.destroy();
    sqs.destroy();
  });
  await createBuckets(s3, aws, resources, intrinsics);
  await createQueues(sqs, resources, intrinsics);
  await publishFolders(s3, assembly, resources, intrinsics);

  const at = (type: Parameters<typeof resources.ofType>[0], wanted: string): Resource => {
    const found = resources
      .ofType(type)
      .find((resource) =>
        [resource.path, `${resource.stack}/${resource.path}`].some((path) =>
          `${path}/`.startsWith(`${wanted}/`),
        ),
      );
    if (found === undefined) {
      throw new Error(`There is no ${type} at ${wanted}.`);
    }
    return found;
  };
  const queueUrl = (wanted: string): string => {
    const queue = at('AWS::SQS::Queue', wanted);
    return String(intrinsics.resolve({ Ref: queue.logicalId }, queue.stack));
  };

  const consumers = consumersOf(resources, intrinsics);
  const functions = await createFunctions({
    assembly,
    intrinsics,
    functions: resources.ofType('AWS::Lambda::Function'),
    layers: resources.ofType('AWS::Lambda::LayerVersion'),
    isCpuBound: (resource) => consumers.has(functionName(resource)),
    folder,
    region,
    account,
    environment: {
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_SESSION_TOKEN: credentials.sessionToken,
      AWS_ENDPOINT_URL_S3: aws.endpoint,
      AWS_ENDPOINT_URL_SQS: aws.endpoint,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: outside.secretsManager,
      AWS_ENDPOINT_URL_KMS: outside.kms,
      ...(redis === undefined ? {} : { NODE_EXTRA_CA_CERTS: redis.certificateFile }),
    },
    redirections: new Map([
      ...outside.redirections,
      [`https://${site.authority}`, `http://${site.authority}`],
    ]),
    metrics: new LambdaMetrics(monitoring.metrics),
    log: (source, line) => {
      takeEmbeddedMetrics(line, monitoring.metrics);
      log(source, line);
    },
  });
  cleanUps.push(() => Promise.all([...functions.values()].map((fn) => fn.stop())));
  const functionAt = (wanted: string): LambdaFunction => {
    const found = [...functions.values()].find(
      ({ options }) => options.path === wanted || options.name === wanted,
    );
    if (found === undefined) {
      throw new Error(
        `There is no function ${wanted}; there are ${[...functions.values()].map((fn) => fn.options.path).join(', ')}.`,
      );
    }
    return found;
  };

  await redis?.ready;
  const sendTo = async (queueArn: string, body: unknown, MessageGroupId?: string): Promise<void> => {
    await sqs.send(
      new SendMessageCommand({
        QueueUrl: `${aws.endpoint}/${account}/${queueArn.split(':').at(-1)}`,
        MessageBody: JSON.stringify(body),
        MessageGroupId,
      }),
    );
  };
  const asyncInvoker = new AsyncInvoker({
    optionsOf: readAsyncOptions(resources, intrinsics),
    send: sendTo,
    log: (line) => log('stage', line),
  });
  const sources = connectQueues({ resources, intrinsics, functions, aws, region, log });
  cleanUps.push(async () => {
    for (const source of sources) {
      source.beginStop();
    }
    asyncInvoker.stop();
    // Not before: an invocation under way would keep its source waiting for up to the function's time-out.
    await Promise.all([...functions.values()].map((fn) => fn.stop()));
    await Promise.all(sources.map((source) => source.stop()));
  });
  const faults = new Faults({
    functionAt,
    sources,
    queueUrl,
    redis,
    cacheMetrics: monitoring.cacheMetrics,
    aws,
    sink,
    secrets: outside.secretsFault,
  });
  connectNotifications({ resources, intrinsics, functions, aws, faults, asyncInvoker, region, account });

  const [rule] = tokenRules(resources, intrinsics).values();
  const issuer = new LocalIssuer(rule, tagValues(assembly, 'Team'));
  const signIn = await listen(port === 0 ? 0 : port + 2);
  const signInAddress = `http://${signIn.authority}`;
  signIn.serve(signInPages(issuer, signInAddress));
  const apis = createApis({
    resources,
    intrinsics,
    functions,
    account,
    metrics: monitoring.metrics,
    issuer,
  });
  for (const [key, api] of apis) {
    apiServers.get(key)?.serve((request) => api.handle(request));
  }
  const edge = createEdge({
    resources,
    intrinsics,
    apis,
    apiAuthority,
    awsEndpoint: aws.endpoint,
    region,
    issuer: rule === undefined ? undefined : { template: rule.issuer, here: signInAddress },
  });
  const ownPage = alarmPage({
    stage: [...tagValues(assembly, 'Stage')][0] ?? '',
    timeScale,
    alarms: monitoring.alarms,
    sink,
  });
  const breaking = faultPage(faults);
  site.serve(
    async (request) =>
      (await breaking(request)) ?? (await issuer.page(request)) ?? ownPage(request) ?? edge.handle(request),
  );
  const lambdaServer = await listen(0);
  lambdaServer.serve(invokeApi(functions, asyncInvoker));

  const invoke = (fn: LambdaFunction, event: unknown): void => asyncInvoker.invoke(fn, event);
  const bus = new EventBus({ account, region });
  const topics = new Topics({
    resources,
    intrinsics,
    functions,
    store: monitoring.metrics,
    region,
    invoke,
    deliver: (email) => sink.deliver(email),
  });
  const endSchedules = connectRules({
    resources,
    intrinsics,
    functions,
    bus,
    timeScale,
    invoke,
    send: (queueArn, event, messageGroupId) =>
      void sendTo(queueArn, event, messageGroupId).catch((error: unknown) =>
        log('stage', `an event is lost: ${String(error)}`),
      ),
  });
  cleanUps.push(async () => endSchedules());
  await monitoring.start({ aws, topics, bus });
  cleanUps.push(() => monitoring.stop());
  return {
    origin: `http://${site.authority}`,
    endpoints: {
      s3: aws.endpoint,
      sqs: aws.endpoint,
      lambda: `http://${lambdaServer.authority}`,
      secretsManager: outside.secretsManager,
      kms: outside.kms,
      issuer: signInAddress,
      ...(redis === undefined
        ? {}
        : {
            redis: {
              url: `rediss://${redis.host}:${redis.port}`,
              certificateFile: redis.certificateFile,
            },
          }),
    },
    credentials,
    token: (team) => issuer.issue(team),
    region,
    outputs: intrinsics.outputs(),
    leftOut: resources.leftOut,
    faults,
    alarms: monitoring.alarms,
    metrics: monitoring.metrics,
    events: bus,
    sink,
    bucket: (wanted) => bucketName(at('AWS::S3::Bucket', wanted)),
    queueUrl,
    apiEndpoint: (wanted) => `http://${apiAuthority(at('AWS::ApiGatewayV2::Api', wanted))}`,
    function: functionAt,
    requestCounts: () => aws.requestCounts(),
    stop,
    [Symbol.asyncDispose]: stop,
  };
}
