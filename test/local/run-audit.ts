import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import type { Stage } from '../../local/stage.ts';

/** `npm run audit -- verify`, of a stage. */
export async function runAudit(
  stage: Stage,
  more: readonly string[],
): Promise<{ code: number; output: string }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'fanfare-audit-'));
  const outputs = path.join(folder, 'outputs.json');
  await writeFile(outputs, JSON.stringify(stage.outputs));
  const child = spawn(
    process.execPath,
    ['tools/audit.ts', 'verify', '--aws', '--outputs', outputs, ...more],
    {
      env: {
        ...process.env,
        AWS_ENDPOINT_URL_S3: stage.endpoints.s3,
        AWS_ENDPOINT_URL_KMS: stage.endpoints.kms,
        AWS_REGION: stage.region,
        AWS_ACCESS_KEY_ID: stage.credentials.accessKeyId,
        AWS_SECRET_ACCESS_KEY: stage.credentials.secretAccessKey,
        AWS_SESSION_TOKEN: stage.credentials.sessionToken,
      },
    },
  );
  const [output, error, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ]);
  await rm(folder, { recursive: true });
  return { code: Number(code), output: `${output}${error}` };
}
