import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import * as z from 'zod';
import { onceBuilt } from '../../tools/build.ts';
import { projectFolder } from '../../tools/project-folder.ts';
import type { Row } from '../row.ts';
import { median } from '../statistics.ts';
import { madeFunction, madeName } from './synthesis/made-service.ts';

const many = 300;
/** From so many services on the share of one is measured. */
const some = 50;
const runs = 3;
const factor = 6;
const mostOfSynthesis = 0.1;

const measured = z.object({ totalMs: z.number(), checksMs: z.number() });
type Measured = z.output<typeof measured>;

/** Synthesis with hundreds of owned services against that of the real ones: nothing may grow faster than their number. */
export async function run(): Promise<Row[]> {
  return await onceBuilt(async () => {
    const folders = await bundlesOf(many);
    try {
      const [real, withSome] = [await typical(0), await typical(some)];
      const withMany = await synthesize(many);
      const share = (withSome.totalMs - real.totalMs) / some;
      const limit = factor * real.totalMs + many * share;
      const checks = [real, withMany].map(({ checksMs, totalMs }) => checksMs / totalMs);
      return [
        {
          measure: `synthesis with ${many} made services`,
          figure: `${seconds(withMany.totalMs)} (the real ones ${seconds(real.totalMs)}, one more ${share.toFixed(0)} ms: ${((withMany.totalMs - real.totalMs) / (many * share)).toFixed(2)} × linear)`,
          bound: `≤ ${factor} × ${seconds(real.totalMs)} + ${many} × ${share.toFixed(0)} ms = ${seconds(limit)}`,
          holds: withMany.totalMs <= limit,
        },
        ...[
          { of: 'the real services', part: checks[0] ?? 1, ms: real.checksMs },
          { of: `${many} made services`, part: checks[1] ?? 1, ms: withMany.checksMs },
        ].map(({ of, part, ms }) => ({
          measure: `ownership checks of ${of}, of the synthesis`,
          figure: `${(100 * part).toFixed(1)} % (${ms.toFixed(0)} ms)`,
          bound: `≤ ${100 * mostOfSynthesis} %`,
          holds: part <= mostOfSynthesis,
        })),
      ];
    } finally {
      await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })));
    }
  });
}

async function typical(count: number): Promise<Measured> {
  const all: Measured[] = [];
  for (let each = 0; each < runs; each += 1) {
    all.push(await synthesize(count));
  }
  return {
    totalMs: median(all.map(({ totalMs }) => totalMs)),
    checksMs: median(all.map(({ checksMs }) => checksMs)),
  };
}

async function synthesize(count: number): Promise<Measured> {
  const script = path.join(import.meta.dirname, 'synthesis/synthesize-made.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [script, String(count)], {
    cwd: projectFolder,
    maxBuffer: 2 ** 26,
  });
  return measured.parse(JSON.parse(stdout));
}

/** A bundle for each made service, where OwnedFunction expects it. */
async function bundlesOf(count: number): Promise<string[]> {
  const folders = Array.from({ length: count }, (_, index) =>
    path.join(projectFolder, 'build/functions', madeName(index + 1)),
  );
  await Promise.all(
    folders.map(async (folder) => {
      await mkdir(path.join(folder, madeFunction), { recursive: true });
      await writeFile(
        path.join(folder, madeFunction, 'index.mjs'),
        'export const handler = async () => {};\n',
      );
    }),
  );
  return folders;
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
