import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { promiseDocuments } from '../../functions/promises.ts';
import { leavesOf } from '../../lib/promises/graph.ts';
import { leavesHead, leavesRows } from '../../tools/promises/leaves.ts';
import { textTable } from '../../tools/promises/text-table.ts';
import { bare, documentOf, helped } from './promises/documents.ts';

interface Answer {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const promises = async (...args: readonly string[]): Promise<Answer> => {
  const command = promisify(execFile)(process.execPath, ['tools/promises.ts', ...args], {
    cwd: path.join(import.meta.dirname, '../..'),
  });
  return await command.then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    (error: Answer) => ({ code: error.code, stdout: error.stdout, stderr: error.stderr }),
  );
};

describe('npm run promises', () => {
  it('says that everything is current', async () => {
    expect(await promises('check')).toEqual({
      code: 0,
      stdout: 'docs/promises is current, and no promise was weakened in silence.\n',
      stderr: '',
    });
  });

  it('prints every provider that somebody stands on, the worst first', async () => {
    const { code, stdout } = await promises('graph');
    const [head, ...rows] = stdout.trim().split('\n');
    expect(code).toBe(0);
    expect(head).toMatch(/^When it fails +these fall +these go on with less +Stand on it +Alternative$/u);
    expect(rows.map((row) => row.split(/ {2,}/u)[0])).toEqual(
      leavesOf(promiseDocuments).map(({ leaf }) => leaf),
    );
    const falls = rows.map((row) => Number.parseInt(row.split(/ {2,}/u)[1] ?? '', 10));
    expect(falls).toEqual(falls.toSorted((one, other) => other - one));
  });

  it.each([
    [['draw'], /^There is no command “draw”\.\nUsage:/u],
    [['check', 'all', 'of', 'it'], /^Too many arguments: all of it\.\nUsage:/u],
  ])('explains itself when it is called with %j', async (args, explanation) => {
    expect(await promises(...args)).toEqual({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(explanation),
    });
  });
});

describe('the table of leaves', () => {
  it('says who falls, who goes on, and for whom there is no alternative', () => {
    const { singlePointOfFailure: _, ...silent } = bare('PagerDuty');
    const documents = [
      documentOf('site', { dependsOn: [bare('shop/answers'), silent] }),
      documentOf('shop', { dependsOn: [bare('Amazon S3'), helped('Amazon SQS')] }),
      documentOf('blog', { dependsOn: [helped('Amazon S3')] }),
    ];
    expect(textTable(leavesHead, leavesRows(leavesOf(documents)))).toBe(
      [
        'When it fails  these fall     these go on with less  Stand on it  Alternative',
        'Amazon S3      2: shop, site  1: blog                shop, blog   none for shop',
        'PagerDuty      1: site        0                      site         none, and nobody says why',
        'shop/answers   1: site        0                      site         none',
        'Amazon SQS     0              1: shop                shop         yes',
      ].join('\n'),
    );
  });
});
