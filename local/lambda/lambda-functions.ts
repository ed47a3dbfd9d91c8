import { cp, mkdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import * as z from 'zod';
import type { LambdaMetrics } from '../cloudwatch/service-metrics.ts';
import { followed } from '../template/followed.ts';
import type { Assembly, Resource } from '../template/assembly.ts';
import type { Intrinsics } from '../template/intrinsics.ts';
import { functionName } from '../template/identities.ts';
import { LambdaFunction } from './lambda-function.ts';
import { layerForHost } from './layers.ts';

const propertiesSchema = followed(
  {
    Runtime: z.literal('nodejs24.x', { error: 'the local stage runs nodejs24.x only' }),
    Handler: z.string(),
    FunctionName: z.string().optional(),
    PackageType: z.literal('Zip').optional(),
    // Seconds and MB; the defaults are Lambda's.
    Timeout: z.int().default(3),
    MemorySize: z.int().default(128),
    ReservedConcurrentExecutions: z.int().optional(),
    Environment: z.object({ Variables: z.record(z.string(), z.string()) }).optional(),
    Layers: z.array(z.string()).default([]),
    Code: z.looseObject({ S3Key: z.string() }),
  },
  ['Architectures', 'Description', 'LoggingConfig', 'Role', 'Tags', 'VpcConfig'],
);

const layerSchema = z.looseObject({
  Content: z.looseObject({ S3Key: z.string() }),
  CompatibleArchitectures: z.array(z.string()).default([]),
});

export interface FunctionsOptions {
  readonly assembly: Assembly;
  readonly intrinsics: Intrinsics;
  readonly functions: readonly Resource[];
  readonly layers: readonly Resource[];
  /** Those whose work is bound by the processor: they get one process a core, the others more, since they mostly wait. */
  readonly isCpuBound: (fn: Resource) => boolean;
  /** A folder outside the project: next to the project's own node_modules, a bundle's missing dependency would be found. */
  readonly folder: string;
  readonly region: string;
  readonly account: string;
  /** What points the SDK and TLS at the stage. */
  readonly environment: Readonly<Record<string, string>>;
  /** Where addresses of the outside world lead to, by their beginnings. */
  readonly redirections: ReadonlyMap<string, string>;
  readonly metrics: LambdaMetrics;
  readonly log: (path: string, line: string) => void;
}

/** Execution environments of a function that mostly waits. */
const maxWaiting = 32;

/** The template's functions, by name. */
export async function createFunctions(options: FunctionsOptions): Promise<Map<string, LambdaFunction>> {
  const functions = new Map<string, LambdaFunction>();
  for (const resource of options.functions) {
    const name = functionName(resource);
    functions.set(name, await createFunction(resource, name, options));
  }
  return functions;
}

async function createFunction(
  resource: Resource,
  name: string,
  options: FunctionsOptions,
): Promise<LambdaFunction> {
  const { assembly, intrinsics, region, account } = options;
  const properties = intrinsics.parse(resource, propertiesSchema);
  const codeFolder = path.join(options.folder, name);
  await mkdir(codeFolder, { recursive: true });
  await cp(assembly.asset(properties.Code.S3Key), codeFolder, { recursive: true });
  const layers = await Promise.all(
    options.layers
      .filter((layer) =>
        properties.Layers.includes(String(intrinsics.resolve({ Ref: layer.logicalId }, layer.stack))),
      )
      .map((layer) => {
        const { Content, CompatibleArchitectures } = intrinsics.parse(layer, layerSchema);
        return layerForHost(assembly.asset(Content.S3Key), CompatibleArchitectures);
      }),
  );
  const constructPath = resource.path.replace(/\/Function$/u, '');
  const cores = availableParallelism();
  return new LambdaFunction({
    name,
    arn: `arn:aws:lambda:${region}:${account}:function:${name}`,
    path: constructPath,
    codeFolder,
    handler: properties.Handler,
    timeoutMs: properties.Timeout * 1000,
    memoryMb: properties.MemorySize,
    maxConcurrency: Math.min(
      properties.ReservedConcurrentExecutions ?? Number.POSITIVE_INFINITY,
      options.isCpuBound(resource) ? cores : maxWaiting,
    ),
    environment: {
      ...lambdaEnvironment(name, properties.MemorySize, codeFolder, region),
      ...(layers.length === 0 ? {} : { NODE_PATH: layers.join(path.delimiter) }),
      ...options.environment,
      ...redirect(properties.Environment?.Variables ?? {}, options.redirections),
    },
    meter: options.metrics.meterOf(name),
    log: (line) => options.log(constructPath, line),
  });
}

function redirect(
  variables: Readonly<Record<string, string>>,
  redirections: ReadonlyMap<string, string>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(variables).map(([name, value]) => {
      const [from, to] = [...redirections].find(([beginning]) => value.startsWith(beginning)) ?? ['', ''];
      return [name, `${to}${value.slice(from.length)}`];
    }),
  );
}

/** What Lambda itself sets. Source: AWS Lambda developer guide, "Defined runtime environment variables". */
const lambdaEnvironment = (
  name: string,
  memoryMb: number,
  codeFolder: string,
  region: string,
): Record<string, string> => ({
  AWS_REGION: region,
  AWS_DEFAULT_REGION: region,
  AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
  AWS_LAMBDA_FUNCTION_NAME: name,
  AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb),
  AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
  AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
  AWS_LAMBDA_LOG_STREAM_NAME: 'local',
  LAMBDA_TASK_ROOT: codeFolder,
  LAMBDA_RUNTIME_DIR: '/var/runtime',
  LANG: 'en_US.UTF-8',
  TZ: ':UTC',
  PATH: '/usr/local/bin:/usr/bin:/bin',
});
