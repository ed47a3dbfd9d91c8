import { App, Duration } from 'aws-cdk-lib';
import { describe, expect, it } from 'vitest';
import { services } from '../../../functions/promises.ts';
import { ServiceResources } from '../../../lib/alarms/service-resources.ts';
import { OwnedStack } from '../../../lib/stacks/owned-stack.ts';

describe('a metric of something that the service does not have', () => {
  const resources = new ServiceResources(new OwnedStack(new App(), services.personalise, 'dev'));

  it.each([
    [
      { of: 'function', name: 'paint', metric: 'Errors', statistic: 'Sum' },
      'measures the function “paint”, and the service has none.',
    ],
    [
      { of: 'dead-letters', name: 'paint', metric: 'NumberOfMessagesReceived', statistic: 'Sum' },
      'measures the dead-letter queue “paint”, and the service has none.',
    ],
    [
      { of: 'cache', metric: 'TotalCmdsCount', statistic: 'Sum' },
      'measures its cache, and the service has none.',
    ],
  ] as const)('is refused: $0.of', (reference, problem) => {
    const measure = (): unknown => resources.metric(reference, Duration.minutes(1));
    expect(measure).toThrow(`FATAL A promise of personalise ${problem}`);
    expect(measure).toThrow('Suggested fix: Correct the metric in functions/personalise/promise.ts');
  });
});
