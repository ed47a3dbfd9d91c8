import { describe, expect, it } from 'vitest';
import type { MetricReference } from '../../../functions/contracts/promise.ts';
import { promiseDocuments } from '../../../functions/promises.ts';
import { measureInWords, trafficInWords } from '../../../tools/promises/measure-in-words.ts';

const inWords = (metric: MetricReference, value = 'one'): string =>
  measureInWords({ kind: 'bound', metrics: { one: metric }, value, total: 'one', unit: 'things' });

describe('a measure in words', () => {
  it.each([
    [{ of: 'function', name: 'render', metric: 'Errors', statistic: 'Sum' }, 'runs of `render` that failed'],
    [
      { of: 'function', name: 'render', metric: 'Duration', statistic: 'p99' },
      'the value that 99 % of milliseconds that `render` ran stay under',
    ],
    [
      { of: 'queue', name: 'render', metric: 'ApproximateAgeOfOldestMessage', statistic: 'Maximum' },
      'the most seconds that the oldest message has been in the queue `render`',
    ],
    [
      { of: 'dead-letters', name: 'render', metric: 'NumberOfMessagesReceived', statistic: 'Sum' },
      'messages received from the dead letters of `render`',
    ],
    [
      { of: 'api', metric: 'Latency', statistic: 'Average' },
      'the average of milliseconds until the API answered',
    ],
    [{ of: 'cache', metric: 'ThrottledCmds', statistic: 'Sum' }, 'commands that the cache throttled'],
    [
      { of: 'service', metric: 'JobDuration', statistic: 'TC(:30000)' },
      'the number of values of `JobDuration` that are at most 30\u{202f}000',
    ],
    [
      { of: 'service', metric: 'JobDuration', statistic: 'PR(100:2500)' },
      'the percentage of values of `JobDuration` above 100 and at most 2\u{202f}500',
    ],
    [
      { of: 'service', metric: 'JobDuration', statistic: 'TC(0.25:)' },
      'the number of values of `JobDuration` above 0.25',
    ],
    [
      { of: 'service', metric: 'JobDuration', statistic: 'tm90' },
      'the average of the lowest 90 % of `JobDuration`',
    ],
    [{ of: 'service', metric: 'JobEnded', statistic: 'SampleCount' }, 'the number of values of `JobEnded`'],
  ] as const satisfies [MetricReference, string][])('%j', (metric, words) => {
    expect(inWords(metric)).toBe(words);
  });

  it('adds and takes away', () => {
    expect(inWords({ of: 'api', metric: 'Count', statistic: 'Sum' }, 'one - one + one')).toBe(
      'requests to the API minus requests to the API plus requests to the API',
    );
  });

  it('stays metric math where words would be wrong', () => {
    expect(inWords({ of: 'api', metric: 'Count', statistic: 'Sum' }, 'IF(one > 3, one, 0)')).toBe(
      '`IF(one > 3, one, 0)`',
    );
  });

  it('is there for every promise of the services', () => {
    for (const { measure } of promiseDocuments.flatMap(({ promises }) => promises)) {
      expect(measureInWords(measure)).not.toMatch(/undefined|^$/u);
      expect(trafficInWords(measure)).not.toMatch(/undefined|^$/u);
    }
  });
});
