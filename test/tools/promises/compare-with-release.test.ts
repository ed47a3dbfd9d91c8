import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PromiseDocument, ServicePromise } from '../../../functions/contracts/promise.ts';
import { compareWithRelease } from '../../../tools/promises/compare-with-release.ts';
import { isEnough, type Level, nextVersion } from '../../../tools/promises/version.ts';
import { bare, documentOf, helped, promiseOf } from './documents.ts';

const released = documentOf('shop', {
  promises: [promiseOf('answers')],
  dependsOn: [bare('Amazon S3')],
  expects: [{ of: 'whoever asks', what: 'At most ten a second.', otherwise: 'More are refused.' }],
});

/** The released document with one promise that differs. */
const withPromise = (changes: Partial<ServicePromise>): PromiseDocument => ({
  ...released,
  promises: [promiseOf('answers', changes)],
});

/** The same document as a new version that says so. */
const asVersion = (version: string, document: PromiseDocument, date = '2026-02-01'): PromiseDocument => ({
  ...document,
  version,
  changes: [{ version, date, what: 'Something is different.' }, ...document.changes],
});

const { metrics } = promiseOf('answers').measure;

const weakenings: readonly (readonly [string, PromiseDocument, RegExp])[] = [
  [
    'a promise withdrawn',
    { ...released, promises: [] },
    /^shop: the promise answers, “Whoever asks gets an answer\.”, was withdrawn, since/u,
  ],
  [
    'a promise under another id',
    { ...released, promises: [promiseOf('replies')] },
    /the promise answers, “.*”, was withdrawn/u,
  ],
  [
    'a lower objective',
    withPromise({ objective: { atLeast: 0.95 } }),
    /the objective of answers was lowered from at least 99 % to at least 95 %/u,
  ],
  [
    'an objective of another kind',
    withPromise({ objective: { atMost: 3 } }),
    /the objective of answers was changed in kind from at least 99 % to at most 3/u,
  ],
  [
    'a measure of another kind',
    withPromise({
      measure: { kind: 'bound', metrics, value: 'failures', total: 'requests', unit: 'failures' },
    }),
    /the measure of answers was changed from \(requests - failures\) \/ \(requests\) \[.*\] to failures in failures, over requests/u,
  ],
  [
    'another expression',
    withPromise({ measure: { kind: 'ratio', metrics, good: 'requests', total: 'requests' } }),
    /the measure of answers was changed from \(requests - failures\) .* to \(requests\) \/ \(requests\)/u,
  ],
  [
    'another metric',
    withPromise({
      measure: {
        kind: 'ratio',
        metrics: { ...metrics, failures: { of: 'api', metric: '4xx', statistic: 'Sum' } },
        good: 'requests - failures',
        total: 'requests',
      },
    }),
    /from .*failures = API: 5xx, Sum.* to .*failures = API: 4xx, Sum/u,
  ],
  [
    'a longer window',
    withPromise({ windowDays: 60 }),
    /the window of answers was changed from 30 to 60 days/u,
  ],
  [
    'a shorter window',
    withPromise({ windowDays: 7 }),
    /the window of answers was changed from 30 to 7 days/u,
  ],
  [
    'one more condition',
    withPromise({ conditions: [...promiseOf('answers').conditions, 'It does not rain.'] }),
    /answers was given one more condition, “It does not rain\.”/u,
  ],
  [
    'another condition',
    withPromise({ conditions: ['It does not rain.'] }),
    /a condition of answers was changed from “It is asked at most ten times a second\.” to “It does not rain\.”/u,
  ],
  [
    'more traffic before there is an answer',
    withPromise({ minimumTraffic: 50 }),
    /the traffic below which answers is unknown was raised from 20 to 50/u,
  ],
  [
    'a function less',
    withPromise({ functions: [] }),
    /answers does not include the function answer any more/u,
  ],
  [
    'another statement',
    withPromise({ statement: 'Who asks may get an answer.' }),
    /the statement of answers was changed from “Whoever asks gets an answer\.” to “Who asks may get an answer\.”/u,
  ],
  [
    'more that is asked of consumers',
    {
      ...released,
      expects: [{ of: 'whoever asks', what: 'At most one a second.', otherwise: 'More are refused.' }],
    },
    /something more is expected of whoever asks: “At most one a second\.”/u,
  ],
  ['another name', { ...released, service: 'store' }, /the service shop was renamed to store/u],
];

describe('a weakening', () => {
  it.each(weakenings)('is %s', (_, current, sentence) => {
    expect(compareWithRelease(released, current).refusals).toContainEqual(expect.stringMatching(sentence));
    expect(needs(released, current)).toBe('major');
  });

  it.each(weakenings)('is refused in a minor version: %s', (_, current, sentence) => {
    const { refusals } = compareWithRelease(released, asVersion('1.1.0', current));
    expect(refusals).toContainEqual(expect.stringMatching(sentence));
  });

  it.each(weakenings)('is accepted in a major version that is dated: %s', (_, current) => {
    expect(compareWithRelease(released, asVersion('2.0.0', current)).refusals).toEqual([]);
  });

  it('is a bound that was raised', () => {
    const bound = (atMost: number): PromiseDocument =>
      withPromise({
        measure: { kind: 'bound', metrics, value: 'failures', total: 'requests', unit: 'failures' },
        objective: { atMost },
      });
    expect(compareWithRelease(bound(1), bound(2)).refusals).toEqual([
      expect.stringContaining(
        'the bound of answers was raised from at most 1 failures to at most 2 failures',
      ),
    ]);
    expect(needs(bound(2), bound(1))).toBe('minor');
  });

  it('says how it is released', () => {
    expect(compareWithRelease(released, withPromise({ objective: { atLeast: 0.95 } })).refusals).toEqual([
      "shop: the objective of answers was lowered from at least 99 % to at least 95 %, since version 1.0.0 was released. That is a weakening, and consumers rely on what was released: it needs a new major version. Take it back, or release it openly: write version: '2.0.0', begin the list of changes with 2.0.0, its date and what changed, and run npm run promises -- release.",
    ]);
  });

  it('is refused when its version is dated before the last one', () => {
    const weaker = withPromise({ objective: { atLeast: 0.95 } });
    expect(compareWithRelease(released, asVersion('2.0.0', weaker, '2025-12-31')).refusals).toEqual([
      'shop: version 2.0.0 is dated 2025-12-31, before 1.0.0 of 2026-01-01. Give it the day on which it is released.',
    ]);
  });

  it('is refused when the list of changes does not begin with its version', () => {
    const weaker = { ...withPromise({ objective: { atLeast: 0.95 } }), version: '2.0.0' };
    expect(compareWithRelease(released, weaker).refusals).toEqual([
      'shop: the document has version 2.0.0, and its list of changes begins with 1.0.0. Begin it with 2.0.0, a date and what changed.',
    ]);
  });
});

describe('what is better or new', () => {
  const better: readonly (readonly [string, PromiseDocument])[] = [
    ['a promise added', { ...released, promises: [...released.promises, promiseOf('sells')] }],
    ['a higher objective', withPromise({ objective: { atLeast: 0.999 } })],
    ['a condition less', withPromise({ conditions: [] })],
    ['less traffic before there is an answer', withPromise({ minimumTraffic: 5 })],
    ['a function more', withPromise({ functions: ['answer', 'list'] })],
    ['less that is asked of consumers', { ...released, expects: [] }],
    ['a dependency more', { ...released, dependsOn: [...released.dependsOn, helped('Amazon SQS')] }],
    ['a dependency less', { ...released, dependsOn: [] }],
    ['an alternative', { ...released, dependsOn: [helped('Amazon S3')] }],
  ];

  it.each(better)('needs a minor version: %s', (_, current) => {
    expect(needs(released, current)).toBe('minor');
    expect(compareWithRelease(released, asVersion('1.0.1', current)).refusals).toHaveLength(1);
    expect(compareWithRelease(released, asVersion('1.1.0', current)).refusals).toEqual([]);
    expect(compareWithRelease(released, asVersion('2.0.0', current)).refusals).toEqual([]);
  });
});

describe('words', () => {
  const worded: readonly (readonly [string, PromiseDocument])[] = [
    ['the description', { ...released, description: 'A service in other words.' }],
    ['the product', { ...released, product: 'The store' }],
    ['the team', { ...released, team: 'studio' }],
    [
      'what a consumer sees',
      withPromise({ whenBroken: { consumerSees: 'It is slow today.', consumerShould: 'Ask again later.' } }),
    ],
    [
      'what happens otherwise',
      {
        ...released,
        expects: released.expects.map((row) => ({ ...row, otherwise: 'More are answered 429.' })),
      },
    ],
    [
      'what happens when a dependency is broken',
      { ...released, dependsOn: [{ ...bare('Amazon S3'), whenBroken: 'We are down.' }] },
    ],
    [
      'what an old version was about',
      { ...released, changes: [{ version: '1.0.0', date: '2026-01-01', what: 'The very first promises.' }] },
    ],
  ];

  it.each(worded)('need a patch version: %s', (_, current) => {
    expect(needs(released, current)).toBe('patch');
    expect(compareWithRelease(released, current).refusals).toHaveLength(1);
    expect(compareWithRelease(released, asVersion('1.0.1', current)).refusals).toEqual([]);
  });

  it('need none when they are for the own team only', () => {
    const checklist = [{ alarms: ['*'], steps: [{ look: 'Look at the log of the function.' }] }];
    const current: PromiseDocument = { ...released, checklist };
    expect(compareWithRelease(released, current)).toEqual({ changes: [], refusals: [] });
  });
});

describe('the version', () => {
  it('may be raised for nothing', () => {
    expect(compareWithRelease(released, asVersion('1.0.1', released))).toEqual({ changes: [], refusals: [] });
  });

  it('may not go back', () => {
    const back = documentOf('shop', {
      ...released,
      version: '0.9.0',
      changes: [{ version: '0.9.0', date: '2026-01-01', what: 'Something older.' }],
    });
    expect(compareWithRelease(released, back).refusals).toContain(
      'shop: version 1.0.0 is released, and the document went back to 0.9.0. Give it a version that is newer than 1.0.0.',
    );
  });

  it('may jump over versions that were never released', () => {
    const twice = asVersion('3.0.0', asVersion('2.0.0', { ...released, promises: [] }), '2026-03-01');
    expect(compareWithRelease(released, twice).refusals).toEqual([]);
  });

  it('stays in the list of changes once it is released, with its date', () => {
    const forgotten = {
      ...asVersion('1.0.1', released),
      changes: [{ version: '1.0.1', date: '2026-02-01', what: 'Something is different.' }],
    };
    expect(compareWithRelease(released, forgotten).refusals).toContain(
      'shop: version 1.0.0 was released with the date 2026-01-01, and the list of changes does not say so any more. Put it back; only new versions are added.',
    );
  });

  it('comes before older ones in the list of changes, once', () => {
    const twice = asVersion('1.0.0', released);
    expect(compareWithRelease(released, twice).refusals).toContain(
      'shop: in the list of changes 1.0.0 stands before 1.0.0. Put the newest first, and each version once.',
    );
  });
});

const someConditions = ['It does not rain at all.', 'The sun does not shine.', 'It is a working day.'];
const somePromises = fc
  .uniqueArray(
    fc.record({
      id: fc.constantFrom('answers', 'sells', 'ships'),
      statement: fc.constantFrom('Whoever asks gets an answer.', 'Whoever asks is answered.'),
      functions: fc.subarray(['answer', 'list', 'sell']),
      objective: fc.record({ atLeast: fc.constantFrom(0.9, 0.99, 0.999) }),
      windowDays: fc.constantFrom(7, 30),
      conditions: fc.subarray(someConditions),
      minimumTraffic: fc.constantFrom(1, 20),
    }),
    { selector: ({ id }) => id },
  )
  .map((rows) => rows.map(({ id, ...changes }) => promiseOf(id, changes)));
const someDocuments: fc.Arbitrary<PromiseDocument> = fc
  .record({
    promises: somePromises,
    description: fc.constantFrom('A service for tests.', 'A service for other tests.'),
  })
  .map((changes) => documentOf('shop', changes));

describe('any two documents', () => {
  it('are not refused as long as they are the same', () => {
    fc.assert(
      fc.property(someDocuments, (document) => {
        const [one, other] = [structuredClone(document), structuredClone(document)];
        expect(compareWithRelease(one, other)).toEqual({ changes: [], refusals: [] });
      }),
    );
  });

  it('are refused under one version as soon as they differ', () => {
    fc.assert(
      fc.property(someDocuments, someDocuments, (before, after) => {
        const differ = JSON.stringify(before) !== JSON.stringify(after);
        expect(compareWithRelease(before, after).refusals.length > 0).toBe(differ);
      }),
    );
  });

  it('are accepted under the least version that their changes need, and no lower one', () => {
    fc.assert(
      fc.property(someDocuments, someDocuments, (before, after) => {
        const needed = needs(before, after);
        fc.pre(needed !== undefined);
        for (const raised of ['major', 'minor', 'patch'] as const) {
          const current = asVersion(nextVersion('1.0.0', raised), after);
          const { refusals } = compareWithRelease(before, current);
          expect([raised, refusals.length === 0]).toEqual([raised, isEnough(raised, needed)]);
        }
      }),
    );
  });

  it('cannot both be stronger than the other: what is better one way is a weakening back', () => {
    fc.assert(
      fc.property(someDocuments, someDocuments, (before, after) => {
        if (needs(before, after) === 'minor') {
          expect(needs(after, before)).toBe('major');
        }
        expect(needs(before, after) === undefined).toBe(needs(after, before) === undefined);
        expect(needs(before, after) === 'patch').toBe(needs(after, before) === 'patch');
      }),
    );
  });

  it('are refused below a major version for every promise that the later one has not', () => {
    fc.assert(
      fc.property(someDocuments, someDocuments, (before, after) => {
        const withdrawn = before.promises.filter(
          ({ id }) => !after.promises.some((promise) => promise.id === id),
        );
        const { refusals } = compareWithRelease(before, asVersion('1.1.0', after));
        for (const { id } of withdrawn) {
          expect(refusals).toContainEqual(expect.stringMatching(`the promise ${id}, .*was withdrawn`));
        }
      }),
    );
  });
});

/** The highest level that one of the changes needs. */
function needs(before: PromiseDocument, after: PromiseDocument): Level | undefined {
  const { changes } = compareWithRelease(before, after);
  return (['major', 'minor', 'patch'] as const).find((level) =>
    changes.some((change) => change.needs === level),
  );
}
