import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { buildFunctions } from '../../tools/build-functions.ts';
import { atMost, type Row } from '../row.ts';
import { median } from '../statistics.ts';

const run_ = promisify(execFile);
const rounds = 11;

const functions = ['campaigns', 'request-upload', 'accept-upload', 'job-status'];

/** The SDK's client for S3, which each of them speaks to, most of them without it: the reference does nothing but make it. */
const client = `import { S3Client, GetObjectCommand, PutObjectCommand, DeleteObjectCommand } from '@aws-sdk/client-s3';
  export const s3 = [new S3Client({}), GetObjectCommand, PutObjectCommand, DeleteObjectCommand];`;

const environment = {
  PATH: process.env['PATH'],
  AWS_REGION: 'eu-west-1',
  AWS_ACCESS_KEY_ID: 'AKIATEST',
  AWS_SECRET_ACCESS_KEY: 'test',
  POWERTOOLS_SERVICE_NAME: 'personalise',
  POWERTOOLS_METRICS_NAMESPACE: 'Fanfare/personalise',
  ASSETS_BUCKET_NAME: 'assets',
  UPLOADS_BUCKET_NAME: 'uploads',
  RESULTS_BUCKET_NAME: 'results',
  EDGE_TOKEN: '0123456789abcdef',
  REDIS_ENDPOINT: 'rediss://localhost:1',
  REDIS_CACHE_NAME: 'cache',
  REDIS_USER_NAME: 'personalise',
  RENDER_QUEUE_URL: 'http://localhost/queue',
};

const timer = `const start = performance.now(); await import(process.argv[1]); process.stdout.write(String(performance.now() - start)); process.exit(0);`;

/** Milliseconds to import a module in a new process. */
async function importTime(file: string): Promise<number> {
  const { stdout } = await run_(process.execPath, ['--input-type=module', '-e', timer, file], {
    env: environment,
  });
  return Number(stdout);
}

/** Import time of each API function's bundle against that of an empty handler with the SDK's client for S3. */
export async function run(): Promise<Row[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'fanfare-imports-'));
  try {
    await buildFunctions(path.join(folder, 'functions'));
    const reference = path.join(folder, 'reference.mjs');
    await build({
      stdin: { contents: client, resolveDir: import.meta.dirname },
      outfile: reference,
      bundle: true,
      minify: true,
      platform: 'node',
      target: 'node24',
      format: 'esm',
      mainFields: ['module', 'main'],
      banner: {
        js: `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);`,
      },
    });
    const rows: Row[] = [];
    for (const name of functions) {
      rows.push(
        await compare(name, path.join(folder, 'functions/personalise', name, 'index.mjs'), reference),
      );
    }
    return rows;
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function compare(name: string, bundle: string, reference: string): Promise<Row> {
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    theirs.push(await importTime(reference));
    ours.push(await importTime(bundle));
  }
  const [own, other] = [median(ours), median(theirs)];
  return atMost(`import of ${name}`, own / other, 2, `${own.toFixed(0)} ms against ${other.toFixed(0)} ms`);
}
