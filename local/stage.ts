import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { type AwsFront, type Credentials, startAwsFront } from './aws/aws-front.ts';
import { createApis, createEdge } from './edge/create-edge.ts';
import { Faults } from './faults.ts';
import { freePort } from './free-port.ts';
import {
  BodyTooLarge,
  type HttpRequest,
  type HttpResponse,
  readRequest,
  writeResponse,
} from './http/http-message.ts';
import { maxRequestBytes, tooLarge } from './http/http-api.ts';
import { invokeApi } from './lambda/invoke-api.ts';
import type { LambdaFunction } from './lambda/lambda-function.ts';
import { createFunctions } from './lambda/lambda-functions.ts';
import { startRedis } from './redis/redis-server.ts';
import { createBuckets, createQueues, publishFolders } from './deploy/create-storage.ts';
import { redisUsers } from './redis/redis-users.ts';
import { connectQueues, consumersOf } from './sources/connect-queues.ts';
import { connectNotifications } from './sources/connect-notifications.ts';
import { AsyncInvoker } from './sources/async-invoker.ts';
import { readAsyncOptions } from './sources/read-async-options.ts';
import { keyOf, loadAssembly, type Resource } from './template/assembly.ts';
import { bucketName, functionName, identify } from './template/identities.ts';
import { Intrinsics } from './template/intrinsics.ts';
import { sortResources } from './template/resource-types.ts';

export interface StageOptions {
  /** The folder that `cdk synth` wrote. */
  readonly assembly: string;
  /** Of the site; S3 and SQS listen on the next one. @default any free ports */
  readonly port?: number;
  /** Where objects and messages are kept between runs. @default nowhere */
  readonly dataFolder?: string;
  /** Takes the functions' output and what the stage has to say. */
  readonly log?: (source: string, line: string) => void;
}

export interface Stage extends AsyncDisposable {
  /** `http://host:port` of the site, as CloudFront serves it. */
  readonly origin: string;
  readonly endpoints: { readonly s3: string; readonly sqs: string; readonly lambda: string };
  readonly credentials: Credentials;
  readonly region: string;
  /** As `cdk deploy --outputs-file` writes them. */
  readonly outputs: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Resource types that are not run, with the reason. */
  readonly leftOut: ReadonlyMap<string, string>;
  readonly faults: Faults;
  /** The name of the bucket at a construct path such as `Uploads`. */
  bucket(path: string): string;
  /** The URL of the queue at a construct path such as `RenderQueue/Queue`. */
  queueUrl(path: string): string;
  /** `http://host:port` of a service's HTTP API itself, without CloudFront before it. */
  apiEndpoint(path: string): string;
  function(path: string): LambdaFunction;
  stop(): Promise<void>;
}

const account = '111122223333';
const region = 'eu-west-1';
const credentials = { accessKeyId: 'ASIAFANFARELOCAL', secretAccessKey: 'local', sessionToken: 'local' };
const host = '127.0.0.1';

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
  const log = options.log ?? (() => undefined);
  const assembly = await loadAssembly(options.assembly);
  const resources = sortResources(assembly);
  const folder = await mkdtemp(path.join(tmpdir(), 'fanfare-stage-'));
  cleanUps.push(() => rm(folder, { recursive: true, force: true }));

  const redis = await startRedis(redisUsers(resources));
  cleanUps.push(() => redis.stop());
  const sitePort = options.port === undefined || options.port === 0 ? await freePort() : options.port;
  const aws: AwsFront = await startAwsFront({
    region,
    credentials,
    ...(options.port === undefined || options.port === 0 ? {} : { port: options.port + 1 }),
    ...(options.dataFolder === undefined ? {} : { dataFolder: options.dataFolder }),
  });
  cleanUps.push(() => aws.stop());

  const apiPorts = new Map<string, number>();
  for (const api of resources.ofType('AWS::ApiGatewayV2::Api')) {
    apiPorts.set(keyOf(api), await freePort());
  }
  const intrinsics = new Intrinsics(assembly, {
    account,
    region,
    identify: (resource) =>
      identify(resource, {
        account,
        region,
        awsEndpoint: aws.endpoint,
        site: `${host}:${sitePort}`,
        apiEndpoint: (api) => `http://${host}:${apiPorts.get(keyOf(api))}`,
        redis,
      }),
  });

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
      NODE_EXTRA_CA_CERTS: redis.certificateFile,
    },
    log,
  });
  cleanUps.push(() => Promise.all([...functions.values()].map((fn) => fn.stop())));
  const functionAt = (wanted: string): LambdaFunction => {
    const found = [...functions.values()].find((fn) => fn.options.path === wanted);
    if (found === undefined) {
      throw new Error(
        `There is no function ${wanted}; there are ${[...functions.values()].map((fn) => fn.options.path).join(', ')}.`,
      );
    }
    return found;
  };

  await redis.ready;
  const asyncInvoker = new AsyncInvoker({
    optionsOf: readAsyncOptions(resources, intrinsics),
    send: async (queueArn, record) => {
      await sqs.send(
        new SendMessageCommand({
          QueueUrl: `${aws.endpoint}/${account}/${queueArn.split(':').at(-1)}`,
          MessageBody: JSON.stringify(record),
        }),
      );
    },
    log: (line) => log('stage', line),
  });
  const sources = connectQueues({ resources, intrinsics, functions, sqs, region, log });
  cleanUps.push(async () => {
    for (const source of sources) {
      source.beginStop();
    }
    asyncInvoker.stop();
    // Not before: an invocation under way would keep its source waiting for up to the function's time-out.
    await Promise.all([...functions.values()].map((fn) => fn.stop()));
    await Promise.all(sources.map((source) => source.stop()));
  });
  const faults = new Faults({ functionAt, sources, redis, aws });
  connectNotifications({ resources, intrinsics, functions, aws, faults, asyncInvoker, region, account });

  const apis = createApis({ resources, intrinsics, functions, account });
  for (const [key, api] of apis) {
    cleanUps.push(await serve(apiPorts.get(key) ?? 0, (request) => api.handle(request), log));
  }
  const edge = createEdge({ resources, intrinsics, apis, apiPorts, awsEndpoint: aws.endpoint, region });
  cleanUps.push(await serve(sitePort, (request) => edge.handle(request), log));
  const lambdaPort = await freePort();
  cleanUps.push(await serve(lambdaPort, invokeApi(functions, asyncInvoker), log));

  const at = (type: Parameters<typeof resources.ofType>[0], wanted: string): Resource => {
    const found = resources
      .ofType(type)
      .find((resource) => resource.path === wanted || resource.path.startsWith(`${wanted}/`));
    if (found === undefined) {
      throw new Error(`There is no ${type} at ${wanted}.`);
    }
    return found;
  };
  return {
    origin: `http://${host}:${sitePort}`,
    endpoints: { s3: aws.endpoint, sqs: aws.endpoint, lambda: `http://${host}:${lambdaPort}` },
    credentials,
    region,
    outputs: intrinsics.outputs(),
    leftOut: resources.leftOut,
    faults,
    bucket: (wanted) => bucketName(at('AWS::S3::Bucket', wanted)),
    queueUrl: (wanted) => {
      const queue = at('AWS::SQS::Queue', wanted);
      return String(intrinsics.resolve({ Ref: queue.logicalId }, queue.stack));
    },
    apiEndpoint: (wanted) => `http://${host}:${apiPorts.get(keyOf(at('AWS::ApiGatewayV2::Api', wanted)))}`,
    function: functionAt,
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

/** Serves on the loopback address. An error of the stage itself is said, and answered 500. */
async function serve(
  port: number,
  handle: (request: HttpRequest) => Promise<HttpResponse>,
  log: (source: string, line: string) => void,
): Promise<() => Promise<void>> {
  const server: Server = createServer((incoming, outgoing) => {
    void (async () => {
      const response = await readRequest(incoming, maxRequestBytes)
        .then(handle)
        .catch((error: unknown): HttpResponse => {
          if (error instanceof BodyTooLarge) {
            return tooLarge;
          }
          log('stage', error instanceof Error ? (error.stack ?? error.message) : String(error));
          return {
            status: 500,
            headers: { 'content-type': 'text/plain' },
            body: 'The local stage failed; see its log.\n',
          };
        });
      writeResponse(response, outgoing, incoming.method ?? 'GET');
    })();
  });
  server.listen(port, host);
  await once(server, 'listening');
  return async () => {
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  };
}
