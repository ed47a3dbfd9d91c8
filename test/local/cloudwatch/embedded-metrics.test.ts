import { describe, expect, it } from 'vitest';
import { takeEmbeddedMetrics } from '../../../local/cloudwatch/embedded-metrics.ts';
import { MetricStore } from '../../../local/cloudwatch/metric-store.ts';

const store = (): MetricStore => new MetricStore({ minuteMs: 60_000, retainedMinutes: 10, valued: [] });
const line = (entry: Record<string, unknown>, directive: Record<string, unknown> = {}): string =>
  JSON.stringify({
    _aws: {
      Timestamp: 1,
      CloudWatchMetrics: [
        {
          Namespace: 'Fanfare/personalise',
          Dimensions: [['service']],
          Metrics: [{ Name: 'Rendered', Unit: 'Count' }],
          ...directive,
        },
      ],
    },
    service: 'personalise',
    ...entry,
  });

describe('a line in the embedded metric format', () => {
  it('gives its numbers, single or many', () => {
    const metrics = store();
    takeEmbeddedMetrics(line({ Rendered: 2 }), metrics);
    takeEmbeddedMetrics(line({ Rendered: [3, 4] }), metrics);
    expect(
      metrics.total({
        namespace: 'Fanfare/personalise',
        name: 'Rendered',
        dimensions: { service: 'personalise' },
      }),
    ).toMatchObject({ sum: 9, count: 3, min: 2, max: 4 });
  });

  it('gives them under every set of dimensions, and under none', () => {
    const metrics = store();
    takeEmbeddedMetrics(
      line({ Rendered: 2, kind: 7 }, { Dimensions: [['service', 'kind'], [], ['absent']] }),
      metrics,
    );
    const id = { namespace: 'Fanfare/personalise', name: 'Rendered' };
    expect(metrics.total({ ...id, dimensions: { service: 'personalise', kind: '7' } })?.sum).toBe(2);
    expect(metrics.total({ ...id, dimensions: {} })?.sum).toBe(2);
    expect(metrics.isReported({ ...id, dimensions: { absent: 'undefined' } })).toBe(false);
  });

  it.each([
    'plain words about "_aws"',
    '{"_aws": not JSON',
    '{"message":"no metrics"}',
    '{"_aws":{"CloudWatchMetrics":"none"}}',
    '{"_aws":{"CloudWatchMetrics":[{"Namespace":1,"Metrics":[{"Name":2}]}]}}',
    line({ Rendered: 'many' }),
    line({}),
  ])('that holds no metrics is left alone: %s', (text) => {
    const metrics = store();
    takeEmbeddedMetrics(text, metrics);
    expect(
      metrics.total({
        namespace: 'Fanfare/personalise',
        name: 'Rendered',
        dimensions: { service: 'personalise' },
      }),
    ).toBeUndefined();
  });
});
