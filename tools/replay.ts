import path from 'node:path';
import { parseArgs } from 'node:util';
import { config } from '../lib/config.ts';
import type { Stage } from '../lib/stage.ts';
import { projectFolder } from './project-folder.ts';
import { readOutputs } from './redrive/dead-letters.ts';
import { growHeapSlowly } from './replay/grow-heap-slowly.ts';
import { createProgressBar } from './replay/progress-bar.ts';
import { openRedis, type RedisTarget } from './replay/redis-client.ts';
import { useStageOrAws } from './use-stage-or-aws.ts';

const usage = `npm run replay -- [--into redis://[user:password@]host:port[/db]] [--service <id>]… [--stage dev|staging|prod] [--aws] [--outputs <file>]
Makes the projection of the deployment events anew from the archive, and prints its digest.
Reads the archive of the local stage while one runs, else of AWS. Without --into, the local stage's own Redis goes on from where it is; with it, an empty one is filled.
--digest prints the digest of what is there, and replays nothing.`;

const { values } = parseArgs({
  options: {
    into: { type: 'string' },
    service: { type: 'string', multiple: true },
    stage: { type: 'string', default: 'dev' },
    aws: { type: 'boolean', default: false },
    outputs: { type: 'string', default: path.join(projectFolder, 'build/outputs.json') },
    digest: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

try {
  console.log(values.help ? usage : await run());
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

async function run(): Promise<string> {
  growHeapSlowly();
  const stage = stageOf(values.stage);
  const local = await useStageOrAws(values.aws);
  const target: RedisTarget | undefined =
    values.into !== undefined
      ? { url: values.into }
      : local?.endpoints.redis === undefined
        ? undefined
        : { ...local.endpoints.redis, userName: `fanfare-${stage}-deployments`, password: 'any' };
  if (target === undefined) {
    throw new Error(
      'Into which Redis? Give --into redis://host:port. The one of a deployment answers inside of its network only, where the function catch-up replays what is missing by itself.',
    );
  }
  const bucket = await archiveBucket(values.outputs, stage);
  await using open = await openRedis(target);
  // Only now: the SDK reads its environment when it is imported.
  const { createArchive } = await import('../functions/deployments/adapters/s3-archive.ts');
  const { createProjection } = await import('../functions/deployments/adapters/redis-projection.ts');
  const { digestProjection } = await import('../functions/deployments/adapters/redis-digest.ts');
  const { createWholeness } = await import('../functions/deployments/adapters/redis-wholeness.ts');
  const { replay } = await import('../functions/deployments/domain/replay.ts');
  const digest = (): Promise<string> => open.redis.use(digestProjection);
  if (values.digest) {
    return `digest ${await digest()}`;
  }
  const counted = new Set(config[stage].countedEnvironments);
  const archive = createArchive(bucket);
  const services = values.service ?? (await namesOf(archive.services()));
  const bar = createProgressBar(process.stderr, services.length);
  const wholeness = createWholeness(open.redis);
  const making = await wholeness.begin();
  const startMs = performance.now();
  const done = await replay(
    archive,
    createProjection(open.redis, (environment) => counted.has(environment), Date.now),
    services,
    bar.show,
  );
  bar.end();
  if (values.service === undefined && !(await wholeness.end(making))) {
    throw new Error('Redis lost everything meanwhile: replay again.');
  }
  const seconds = (performance.now() - startMs) / 1000;
  return [
    `${done.records} events of ${done.services} services in ${seconds.toFixed(1)} s, ${Math.round(done.records / seconds)} a second`,
    `digest ${await digest()}`,
  ].join('\n');
}

async function namesOf(services: AsyncIterable<string>): Promise<string[]> {
  const names: string[] = [];
  for await (const name of services) {
    names.push(name);
  }
  return names;
}

function stageOf(name: string): Stage {
  const stage = Object.keys(config).find((each): each is Stage => each === name);
  if (stage === undefined) {
    throw new Error(`There is no stage “${name}”; there are ${Object.keys(config).join(', ')}.`);
  }
  return stage;
}

async function archiveBucket(file: string, stage: Stage): Promise<string> {
  const outputs = await readOutputs(file);
  const bucket = Object.entries(outputs).find(
    ([stack, values]) => stack.includes(stage) && values['ArchiveBucketName'] !== undefined,
  )?.[1]['ArchiveBucketName'];
  if (bucket === undefined) {
    throw new Error(`${file} names no archive of the stage ${stage}: deploy it, or start the local stage.`);
  }
  return bucket;
}
