import type { PromiseDocument } from '../contracts/promise.ts';

/** What the service promises. Alarms, dashboards, tags, runbook headings and the dependency graph follow from it. */
export const consolePromise = {
  service: 'console',
  product: 'Console',
  team: 'platform',
  version: '1.2.0',
  changes: [
    { version: '1.2.0', date: '2026-11-21', what: 'Deployment events are at the same address.' },
    { version: '1.1.0', date: '2026-11-21', what: 'The studio is at the same address.' },
    { version: '1.0.0', date: '2026-11-21', what: 'The first promises.' },
  ],
  description: 'The one address under which people find the pages, the APIs and their pictures.',
  promises: [
    {
      id: 'site-answers',
      statement: 'The site answers over its public address, with its page, within five seconds.',
      functions: ['probe'],
      measure: {
        kind: 'ratio',
        metrics: {
          visits: { of: 'function', name: 'probe', metric: 'Invocations', statistic: 'Sum' },
          failures: { of: 'function', name: 'probe', metric: 'Errors', statistic: 'Sum' },
        },
        good: 'visits - failures',
        total: 'visits',
      },
      objective: { atLeast: 0.99 },
      windowDays: 30,
      conditions: ['It is visited from the region of the stage, once a minute.'],
      whenBroken: {
        consumerSees: 'The page does not load, or loads without what it needs.',
        consumerShould: 'Load it again; pictures that were made stay at their addresses.',
      },
      minimumTraffic: 3,
    },
  ],
  dependsOn: [
    {
      on: { service: 'personalise', promise: 'requests-answered' },
      whenBroken: 'The pages load and say that something went wrong on our side.',
      alternatives: [{ kind: 'retry', how: 'The page asks again, with patience, and keeps what was typed.' }],
    },
    {
      on: { service: 'studio', promise: 'requests-answered' },
      whenBroken: 'The studio says that something went wrong on our side; everything else goes on.',
      alternatives: [{ kind: 'retry', how: 'Whoever asks again is answered as if nothing had been.' }],
    },
    {
      on: { service: 'deployments', promise: 'requests-answered' },
      whenBroken: 'The page of deployments says that they are away; everything else goes on.',
      alternatives: [{ kind: 'retry', how: 'Senders and readers are told when to ask again.' }],
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
      on: { provider: 'Amazon CloudFront' },
      whenBroken: 'Nobody finds the pages, the APIs or pictures at their address.',
      alternatives: [],
      singlePointOfFailure:
        'It answers from hundreds of places; a second network before it would be one more thing that can fail.',
    },
    {
      on: { provider: 'Amazon S3' },
      whenBroken: 'Pages and pictures that no edge has kept cannot be loaded.',
      alternatives: [{ kind: 'cache', how: 'CloudFront keeps pages’ files and pictures for a year.' }],
    },
  ],
  expects: [],
  checklist: [
    {
      alarms: ['page', 'ticket'],
      steps: [
        { look: 'Which alarms are the evidence, and since when?', at: { kind: 'dashboard' } },
        { look: 'Is AWS itself well, CloudFront above all?', at: { kind: 'aws-health' } },
      ],
    },
    {
      alarms: ['site-answers', 'probe-*'],
      steps: [
        { look: 'Open the site yourself: does it load, with its styles?' },
        {
          look: 'What did the visit miss: the answer, the page, or its script?',
          at: { kind: 'logs', function: 'probe', filter: 'level = "ERROR"' },
        },
        {
          look: 'Was the console deployed just before? Then deploy the last version again.',
          at: { kind: 'dashboard' },
        },
      ],
    },
  ],
} as const satisfies PromiseDocument;
