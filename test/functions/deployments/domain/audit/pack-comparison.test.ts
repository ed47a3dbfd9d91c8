import { describe, expect, it } from 'vitest';
import { PackComparison } from '../../../../../functions/deployments/domain/audit/pack-comparison.ts';
import type { ArchiveLine } from '../../../../../functions/deployments/domain/audit/ports.ts';
import { each } from '../../fake-heads.ts';

const chain = Array.from({ length: 9 }, (_, index): ArchiveLine => {
  const place = index + 1;
  return { key: `chains/shop/${place}`, place, text: `record ${place}` };
});

interface Held {
  readonly first: number;
  readonly last: number;
  readonly lines: readonly string[];
}

const copy = (first: number, last: number): Held => ({
  first,
  last,
  lines: chain.slice(first - 1, last).map(({ text }) => text),
});

async function problemsOf(packs: readonly Held[], lines: readonly ArchiveLine[] = chain, upTo = Infinity) {
  const comparison = new PackComparison(
    'shop',
    packs.map(({ first, last }) => ({ key: `${first}-${last}`, first, last })),
    async ({ key }) => packs.find(({ first, last }) => key === `${first}-${last}`)?.lines ?? [],
  );
  const walked: ArchiveLine[] = [];
  for await (const line of comparison.along(each(lines))) {
    walked.push(line);
    if (line.place === upTo) {
      break;
    }
  }
  expect(walked).toEqual(lines.filter(({ place }) => place <= upTo));
  return comparison.problems.map(({ place, key, reason }) => ({ place, key, reason }));
}

describe('packs beside their chain', () => {
  it('agree when each has the lines of its places, also where they overlap', async () => {
    expect(await problemsOf([])).toEqual([]);
    expect(await problemsOf([copy(1, 4), copy(5, 9)])).toEqual([]);
    expect(await problemsOf([copy(1, 6), copy(1, 4), copy(5, 7)])).toEqual([]);
  });

  it.each<[string, readonly Held[], number, string | undefined, string]>([
    [
      'was changed',
      [{ ...copy(1, 4), lines: copy(1, 4).lines.with(1, 'record two') }, copy(5, 9)],
      2,
      '1-4',
      'its pack has another',
    ],
    [
      'has changed places',
      [copy(1, 4), { ...copy(5, 9), lines: copy(5, 9).lines.toReversed() }],
      5,
      '5-9',
      'its pack has another',
    ],
    [
      'was cut off in its pack',
      [copy(1, 4), { ...copy(5, 9), lines: copy(5, 8).lines }],
      9,
      '5-9',
      'its pack ends before it',
    ],
    [
      'was added to its pack',
      [{ ...copy(1, 4), lines: copy(1, 5).lines }],
      4,
      '1-4',
      'its pack has 5 records in place of 4',
    ],
    [
      'lost its pack',
      [copy(1, 4), copy(7, 9)],
      5,
      undefined,
      'its pack is gone, and packs from number 7 on are there',
    ],
    [
      'lost the first pack',
      [copy(5, 9)],
      1,
      undefined,
      'its pack is gone, and packs from number 5 on are there',
    ],
  ])('say which record %s', async (_, packs, place, key, reason) => {
    expect(await problemsOf(packs)).toEqual([{ place, key, reason }]);
  });

  it('say that the chain ends before they do', async () => {
    expect(await problemsOf([copy(1, 4), copy(5, 9)], chain.slice(0, 3))).toEqual([
      { place: 4, key: '1-4', reason: 'the chain ends before it' },
      { place: 5, key: '5-9', reason: 'the chain ends before it' },
    ]);
  });

  it('are named each, with the first record that disagrees', async () => {
    const bad = [
      { ...copy(1, 4), lines: Array<string>(4).fill('x') },
      { ...copy(5, 9), lines: Array<string>(5).fill('x') },
    ];
    expect((await problemsOf(bad)).map(({ place, key }) => [place, key])).toEqual([
      [1, '1-4'],
      [5, '5-9'],
    ]);
  });

  it('are compared as far as the chain is walked', async () => {
    const bad = { ...copy(5, 9), lines: ['x'] };
    expect(await problemsOf([copy(1, 4), bad], chain, 4)).toEqual([]);
  });
});
