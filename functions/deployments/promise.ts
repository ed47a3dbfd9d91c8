import type { PromiseDocument } from '../contracts/promise.ts';
import { deploymentsMetrics } from './metrics.ts';

/** What the service promises. Alarms, dashboards, tags, runbook headings and the dependency graph follow from it. */
export const deploymentsPromise = {
  service: 'deployments',
  product: 'Deployment events',
  team: 'delivery',
  version: '1.1.0',
  changes: [
    {
      version: '1.1.0',
      date: '2026-11-21',
      what: 'People can have the records of a service verified; CodeDeploy is asked which of its deployments go back.',
    },
    {
      version: '1.0.1',
      date: '2026-11-21',
      what: 'Reports answer 503 until a cache that lost everything is filled again, in place of showing half.',
    },
    { version: '1.0.0', date: '2026-11-21', what: 'The first promises.' },
  ],
  description:
    'Takes in every deployment, change and incident of every service, keeps them for ever and makes figures of them.',
  promises: [
    {
      id: 'requests-answered',
      statement: 'Whoever sends events or asks about them gets an answer that is not a failure of ours.',
      functions: ['receive', 'report', 'audit'],
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
      conditions: ['The stage’s requests a second stay within apiThrottle of lib/config.ts.'],
      whenBroken: {
        consumerSees: 'Requests are answered with 5xx and problem details.',
        consumerShould:
          'Send the same request again after the seconds in Retry-After: an event that is known already is taken once.',
      },
      minimumTraffic: 20,
    },
    {
      id: 'events-in-time',
      statement: 'An accepted event is in the archive and in every answer within a minute.',
      functions: ['record'],
      measure: {
        kind: 'ratio',
        metrics: {
          inTime: { of: 'service', metric: deploymentsMetrics.recordDelay, statistic: 'TC(:60000)' },
          recorded: { of: 'service', metric: deploymentsMetrics.recordDelay, statistic: 'SampleCount' },
        },
        good: 'inTime',
        total: 'recorded',
      },
      objective: { atLeast: 0.95 },
      windowDays: 30,
      conditions: ['A service has no more than ten events a second.'],
      whenBroken: {
        consumerSees: 'What was just deployed is not in the answers yet.',
        consumerShould: 'Wait: accepted events are durable, and come in their order.',
      },
      minimumTraffic: 10,
    },
    {
      id: 'accepted-events-kept',
      statement: 'Every accepted event is kept, once, and whoever changes it is found out.',
      functions: ['record', 'take-aws'],
      measure: {
        kind: 'bound',
        metrics: {
          notRecorded: {
            of: 'dead-letters',
            name: 'record',
            metric: 'ApproximateNumberOfMessagesVisible',
            statistic: 'Maximum',
          },
          notTaken: {
            of: 'dead-letters',
            name: 'take-aws',
            metric: 'ApproximateNumberOfMessagesVisible',
            statistic: 'Maximum',
          },
          batches: { of: 'function', name: 'record', metric: 'Invocations', statistic: 'Sum' },
        },
        value: 'notRecorded + notTaken',
        total: 'batches',
        unit: 'events set aside',
      },
      objective: { atMost: 0 },
      windowDays: 30,
      conditions: ['The event was answered 202.'],
      whenBroken: {
        consumerSees: 'An accepted event is in no answer, however long one waits.',
        consumerShould: 'Send it again if it is still known: it is taken once.',
      },
      minimumTraffic: 1,
    },
  ],
  dependsOn: [
    {
      on: { service: 'foundation', promise: 'cache-answers' },
      whenBroken: 'Questions are answered 503; events are taken in and kept all the same.',
      alternatives: [
        { kind: 'degraded-answer', how: 'Events go to the archive, and to the cache when it is back.' },
        {
          kind: 'retry',
          how: 'Questions are answered 503 with Retry-After, also while a cache that came back empty is filled from the archive.',
        },
      ],
    },
    {
      on: { service: 'foundation', promise: 'alarms-reach-people' },
      whenBroken: 'A broken promise of ours is found later, by whoever looks at the dashboard.',
      alternatives: [
        {
          kind: 'second-provider',
          how: 'Every alarm is an event on the bus and a red tile on the dashboard too.',
        },
      ],
    },
    {
      on: { provider: 'Amazon S3' },
      whenBroken:
        'Accepted events wait in the queue for days; nobody can be identified, so that nothing more is accepted.',
      alternatives: [{ kind: 'retry', how: 'SQS keeps events for four days, in their order.' }],
    },
    {
      on: { provider: 'AWS Lambda' },
      whenBroken: 'Requests fail; accepted events wait.',
      alternatives: [],
      singlePointOfFailure:
        'Everything runs on it, in several zones of the region; senders repeat what was not accepted.',
    },
    {
      on: { provider: 'Amazon SQS' },
      whenBroken: 'No event is accepted: senders are answered 503 and send again.',
      alternatives: [{ kind: 'retry', how: 'Senders get 503 with Retry-After.' }],
    },
    {
      on: { provider: 'Amazon API Gateway' },
      whenBroken: 'Nobody can send or ask; events of AWS itself come in all the same.',
      alternatives: [],
      singlePointOfFailure:
        'It runs in several zones of the region; a second way in would need a second address and certificate.',
    },
    {
      on: { provider: 'Amazon EventBridge' },
      whenBroken: 'What AWS itself tells of alarms and stacks comes late; senders’ events come all the same.',
      alternatives: [{ kind: 'retry', how: 'EventBridge tries for a day to deliver an event.' }],
    },
    {
      on: { provider: 'AWS CodeDeploy' },
      whenBroken: 'What CodeDeploy has deployed meanwhile is not in the answers yet; everything else is.',
      alternatives: [
        {
          kind: 'retry',
          how: 'Its events are taken again for hours, then set aside, and can be sent back from there.',
        },
      ],
    },
    {
      on: { provider: 'AWS KMS' },
      whenBroken:
        'Heads of chains are signed later, and nobody can verify records; events are taken in and chained all the same.',
      alternatives: [{ kind: 'retry', how: 'The next hour signs what was not signed.' }],
    },
    {
      on: { provider: 'AWS Secrets Manager' },
      whenBroken: 'Signatures cannot be verified, so that senders are refused with 503 until it answers.',
      alternatives: [
        { kind: 'cache', how: 'Secrets are kept for five minutes.' },
        { kind: 'retry', how: 'Senders get 503 with Retry-After.' },
      ],
    },
  ],
  expects: [
    {
      of: 'whoever sends events',
      what: 'At most 256 KB an event and 500 events a batch, signed with the secret of a connection.',
      otherwise: 'More is refused with 413, and what is not signed with 401.',
    },
    {
      of: 'whoever sends webhooks',
      what: 'The same event again when the answer is not 2xx.',
      otherwise: 'What was refused with 5xx is not in any figure.',
    },
  ],
  checklist: [
    {
      alarms: ['page', 'ticket'],
      steps: [
        { look: 'Which alarms are the evidence, and since when?', at: { kind: 'dashboard' } },
        {
          look: 'Was the service deployed just before? Then roll that back first.',
          at: { kind: 'dashboard' },
        },
        { look: 'Is AWS itself well in this region?', at: { kind: 'aws-health' } },
      ],
    },
    {
      alarms: ['requests-answered', 'api-*'],
      steps: [
        {
          look: 'Which route fails or refuses, and with which status?',
          at: { kind: 'access-log', filter: 'status >= 400' },
        },
        {
          look: '503 on POST: can secrets be read, and does SQS take messages?',
          at: { kind: 'logs', function: 'receive', filter: 'level = "ERROR"' },
        },
        { look: '503 on GET: does the cache answer?', at: { kind: 'cache' } },
      ],
    },
    {
      alarms: ['report-*'],
      steps: [
        { look: 'Does the cache answer, and is it near a limit?', at: { kind: 'cache' } },
        {
          look: 'What does report throw, and on which questions?',
          at: { kind: 'logs', function: 'report', filter: 'level = "ERROR"' },
        },
        { look: 'Is something missing that the archive has? Then run npm run replay.' },
      ],
    },
    {
      alarms: ['audit-*'],
      steps: [
        {
          look: 'What does audit throw, and for which service?',
          at: { kind: 'logs', function: 'audit', filter: 'level = "ERROR"' },
        },
        { look: 'Is KMS well, and the key enabled?', at: { kind: 'aws-health' } },
        { look: 'Until it is mended, npm run audit -- verify tells the same.' },
      ],
    },
    {
      alarms: ['receive-*'],
      steps: [
        {
          look: 'What does receive throw, and for which connection?',
          at: { kind: 'logs', function: 'receive', filter: 'level = "ERROR"' },
        },
        { look: 'Does every connection of directory/directory.json have its secret?' },
      ],
    },
    {
      alarms: ['events-in-time', 'record-*', 'accepted-events-kept'],
      steps: [
        { look: 'Do events wait, or does recording take long?', at: { kind: 'queue', name: 'record' } },
        {
          look: 'What does record throw, and for which service?',
          at: { kind: 'logs', function: 'record', filter: 'level = "ERROR"' },
        },
        { look: 'Which events were set aside?', at: { kind: 'dead-letters', name: 'record' } },
        { look: 'When the cause is mended, run npm run redrive -- record: their order is kept.' },
      ],
    },
    {
      alarms: ['take-aws-*'],
      steps: [
        {
          look: 'What does take-aws throw, and on which event?',
          at: { kind: 'logs', function: 'take-aws', filter: 'level = "ERROR"' },
        },
        { look: 'Which events were set aside?', at: { kind: 'dead-letters', name: 'take-aws' } },
        { look: 'When the cause is mended, run npm run redrive -- take-aws.' },
      ],
    },
    {
      alarms: ['sign-heads-*'],
      steps: [
        {
          look: 'What does sign-heads throw?',
          at: { kind: 'logs', function: 'sign-heads', filter: 'level = "ERROR"' },
        },
        { look: 'Is KMS well, and the key enabled?', at: { kind: 'aws-health' } },
        { look: 'When the cause is mended, the next hour signs what was not: nothing is to be redriven.' },
      ],
    },
    {
      alarms: ['pack-chains-*'],
      steps: [
        {
          look: 'What does pack-chains throw? A record that does not fit was changed: run npm run audit -- verify.',
          at: { kind: 'logs', function: 'pack-chains', filter: 'level = "ERROR"' },
        },
        { look: 'Else the next day packs what was not: nothing is to be redriven.' },
      ],
    },
    {
      alarms: ['catch-up-*'],
      steps: [
        { look: 'Does the cache answer, and did it lose everything?', at: { kind: 'cache' } },
        {
          look: 'What does catch-up throw?',
          at: { kind: 'logs', function: 'catch-up', filter: 'level = "ERROR"' },
        },
      ],
    },
  ],
} as const satisfies PromiseDocument;
