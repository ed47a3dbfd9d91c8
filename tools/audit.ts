import path from 'node:path';
import { parseArgs } from 'node:util';
import { projectFolder } from './project-folder.ts';
import { readOutputs } from './redrive/dead-letters.ts';
import { findAuditPlaces } from './audit/audit-places.ts';
import { useStageOrAws } from './use-stage-or-aws.ts';

const usage = `npm run audit -- verify [--service <id>]… [--from <time>] [--to <time>] [--stage dev|staging|prod] [--aws] [--outputs <file>]
Walks the chains of the archive of deployment events and says the first record of each that does not fit: changed, missing, out of its place, or other than was signed.
Looks at the local stage while one runs, else at AWS. --from and --to take times like 2026-06-01 or 2026-06-01T12:00:00Z, and mean when an event was received.`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    service: { type: 'string', multiple: true },
    from: { type: 'string' },
    to: { type: 'string' },
    stage: { type: 'string', default: 'dev' },
    aws: { type: 'boolean', default: false },
    outputs: { type: 'string', default: path.join(projectFolder, 'build/outputs.json') },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

if (values.help) {
  console.log(usage);
} else if (positionals.length !== 1 || positionals[0] !== 'verify') {
  console.error(usage);
  process.exitCode = 2;
} else {
  try {
    process.exitCode = await verify();
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 2;
  }
}

/** Answers the exit code: 1 when something does not fit. */
async function verify(): Promise<number> {
  const span = {
    fromMs: timeOf(values.from, Number.NEGATIVE_INFINITY),
    toMs: timeOf(values.to, Number.POSITIVE_INFINITY),
  };
  await useStageOrAws(values.aws);
  const places = findAuditPlaces(await readOutputs(values.outputs), values.stage);
  // Only now: the SDK reads its environment when it is imported.
  const { verifyArchive } = await import('./audit/verify-archive.ts');
  const { lines, isWhole } = await verifyArchive(places, values.service, span);
  console.log(lines.join('\n'));
  return isWhole ? 0 : 1;
}

function timeOf(text: string | undefined, otherwise: number): number {
  const ms = text === undefined ? otherwise : Date.parse(text);
  if (Number.isNaN(ms)) {
    throw new Error(`“${text}” is no time: write it like 2026-06-01 or 2026-06-01T12:00:00Z.`);
  }
  return ms;
}
