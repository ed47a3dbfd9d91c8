import { promiseDocumentSchema } from '../../../functions/contracts/promise.ts';

/** A service as the golden messages name it, with words that no real document changes under a test. */
export const testDocument = promiseDocumentSchema.parse({
  service: 'personalise',
  product: 'Personalised images',
  team: 'campaigns',
  version: '1.0.0',
  changes: [{ version: '1.0.0', date: '2026-11-21', what: 'The first promises.' }],
  description: 'Turns photos into pictures.',
  promises: [
    {
      id: 'requests-answered',
      statement: 'Whoever asks gets an answer.',
      functions: ['campaigns'],
      measure: {
        kind: 'ratio',
        metrics: {
          requests: { of: 'api', metric: 'Count', statistic: 'Sum' },
          failures: { of: 'api', metric: '5xx', statistic: 'Sum' },
        },
        good: 'requests - failures',
        total: 'requests',
      },
      objective: { atLeast: 0.995 },
      windowDays: 30,
      conditions: [],
      whenBroken: { consumerSees: 'Requests are answered with 5xx.', consumerShould: 'Send the same again.' },
      minimumTraffic: 20,
    },
    {
      id: 'pictures-in-time',
      statement: 'The pictures are there within 30 seconds.',
      functions: ['render'],
      measure: {
        kind: 'ratio',
        metrics: {
          inTime: { of: 'service', metric: 'JobDuration', statistic: 'TC(:30000)' },
          ended: { of: 'service', metric: 'JobDuration', statistic: 'SampleCount' },
        },
        good: 'inTime',
        total: 'ended',
      },
      objective: { atLeast: 0.95 },
      windowDays: 30,
      conditions: [],
      whenBroken: {
        consumerSees: 'The job stays accepted for longer than half a minute.',
        consumerShould: 'Keep the job’s address and ask again.',
      },
      minimumTraffic: 10,
    },
    {
      id: 'accepted-jobs-end',
      statement: 'Every photo gets an end.',
      functions: ['accept', 'accept-upload'],
      measure: {
        kind: 'bound',
        metrics: {
          notDrawn: {
            of: 'dead-letters',
            name: 'render',
            metric: 'ApproximateNumberOfMessagesVisible',
            statistic: 'Maximum',
          },
        },
        value: 'notDrawn',
        total: 'notDrawn',
        unit: 'photos set aside',
      },
      objective: { atMost: 0 },
      windowDays: 30,
      conditions: [],
      whenBroken: {
        consumerSees: 'A job neither ends nor fails.',
        consumerShould: 'Keep the job’s address for a day.',
      },
      minimumTraffic: 1,
    },
  ],
  dependsOn: [],
  expects: [],
  checklist: [
    { alarms: ['page'], steps: [{ look: 'Was it deployed just before?', at: { kind: 'dashboard' } }] },
    {
      alarms: ['pictures-in-time', 'render-*'],
      steps: [
        {
          look: 'What does render throw?',
          at: { kind: 'logs', function: 'render', filter: 'level = "ERROR"' },
        },
      ],
    },
    {
      alarms: ['render-dead-letters'],
      steps: [
        { look: 'Send them back with npm run redrive.' },
        { look: 'Was it deployed just before?', at: { kind: 'dashboard' } },
      ],
    },
  ],
});
