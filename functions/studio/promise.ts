import type { PromiseDocument } from '../contracts/promise.ts';
import { studioMetrics } from './metrics.ts';

/** What the service promises. Alarms, dashboards, tags, runbook headings and the dependency graph follow from it. */
export const studioPromise = {
  service: 'studio',
  product: 'Studio',
  team: 'studio',
  version: '1.0.0',
  changes: [{ version: '1.0.0', date: '2026-11-21', what: 'The first promises.' }],
  description: 'Makes memes, animations and movies of templates and uploads, by a recipe.',
  promises: [
    {
      id: 'requests-answered',
      statement:
        'Whoever asks for a template, an upload, an edit or a shared picture gets an answer that is not a failure of ours.',
      functions: ['templates', 'request-upload', 'inspect', 'edit', 'edit-status'],
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
          'Send the same request again after the seconds in Retry-After, or after five; it is safe to repeat.',
      },
      minimumTraffic: 20,
    },
    {
      id: 'stills-in-time',
      statement: 'A still or a short animation is there within five seconds of being asked for.',
      functions: ['edit'],
      measure: {
        kind: 'ratio',
        metrics: {
          inTime: { of: 'service', metric: studioMetrics.promptEditDuration, statistic: 'TC(:5000)' },
          ended: { of: 'service', metric: studioMetrics.promptEditDuration, statistic: 'SampleCount' },
        },
        good: 'inTime',
        total: 'ended',
      },
      objective: { atLeast: 0.95 },
      windowDays: 30,
      conditions: ['Its recipe is estimated at four seconds at most; what is more goes through the queue.'],
      whenBroken: {
        consumerSees: 'POST /studio/edits takes long, or answers 202 with the address of an edit.',
        consumerShould: 'Follow the address in Location: the result still comes.',
      },
      minimumTraffic: 10,
    },
    {
      id: 'movies-in-time',
      statement: 'A movie or a long animation is there within two minutes of being asked for.',
      functions: ['make-long'],
      measure: {
        kind: 'ratio',
        metrics: {
          inTime: { of: 'service', metric: studioMetrics.queuedEditDuration, statistic: 'TC(:120000)' },
          ended: { of: 'service', metric: studioMetrics.queuedEditDuration, statistic: 'SampleCount' },
        },
        good: 'inTime',
        total: 'ended',
      },
      objective: { atLeast: 0.9 },
      windowDays: 30,
      conditions: [
        'No more movies are asked for at once than makeConcurrency of lib/config.ts makes in two minutes.',
        'The movie is no longer than a minute and no larger than 1280 by 720 pixels.',
      ],
      whenBroken: {
        consumerSees: 'The edit stays accepted or making for longer than two minutes.',
        consumerShould: 'Keep the edit’s address and ask again: the result still comes.',
      },
      minimumTraffic: 10,
    },
    {
      id: 'accepted-edits-end',
      statement: 'Every edit that was accepted gets an end: its result, or a reason in words.',
      functions: ['edit', 'edit-status', 'make-long'],
      measure: {
        kind: 'bound',
        metrics: {
          notMade: {
            of: 'dead-letters',
            name: 'make-long',
            metric: 'ApproximateNumberOfMessagesVisible',
            statistic: 'Maximum',
          },
          made: { of: 'function', name: 'make-long', metric: 'Invocations', statistic: 'Sum' },
        },
        value: 'notMade',
        total: 'made',
        unit: 'edits set aside',
      },
      objective: { atMost: 0 },
      windowDays: 30,
      conditions: ['The uploads that the recipe names are there when it is made.'],
      whenBroken: {
        consumerSees: 'An edit neither ends nor fails, however long one waits.',
        consumerShould:
          'Keep the edit’s address: the team sends set-aside edits back within a day, before uploads expire.',
      },
      minimumTraffic: 1,
    },
  ],
  dependsOn: [
    {
      on: { service: 'foundation', promise: 'cache-answers' },
      whenBroken:
        'No upload is granted, since the rate of a client is not known; everything of templates and of what was uploaded goes on.',
      alternatives: [
        { kind: 'degraded-answer', how: 'Edits need no cache: only uploads are refused.' },
        { kind: 'retry', how: 'POST /studio/uploads answers 503 with Retry-After.' },
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
      whenBroken: 'Nothing can be uploaded, made or told; what is queued waits in SQS for days.',
      alternatives: [],
      singlePointOfFailure:
        'S3 is the one truth about an edit; a second store would have to agree with it, for less availability than S3 has alone.',
    },
    {
      on: { provider: 'AWS Lambda' },
      whenBroken: 'Requests fail; what is queued waits.',
      alternatives: [],
      singlePointOfFailure:
        'Everything runs on it, in several zones of the region; another region would double what is idle.',
    },
    {
      on: { provider: 'Amazon SQS' },
      whenBroken: 'No movie is made; stills and short animations are, since they need no queue.',
      alternatives: [
        { kind: 'degraded-answer', how: 'What is short is made at once, without the queue.' },
        { kind: 'retry', how: 'Whoever looks at an edit that was not queued queues it again.' },
      ],
    },
    {
      on: { provider: 'Amazon API Gateway' },
      whenBroken: 'Nobody can ask for an edit; results that are there are still served.',
      alternatives: [],
      singlePointOfFailure:
        'It runs in several zones of the region; a second way in would need a second address and certificate.',
    },
    {
      on: { provider: 'AWS Secrets Manager' },
      whenBroken: 'Signed share addresses cannot be checked, and are answered 5xx.',
      alternatives: [
        { kind: 'cache', how: 'An execution environment keeps the key for five minutes.' },
        { kind: 'degraded-answer', how: 'Unsigned addresses and edits need no key.' },
      ],
    },
  ],
  expects: [
    {
      of: 'whoever asks for uploads',
      what: 'At most thirty a minute from one address.',
      otherwise: 'More are answered 429 with Retry-After.',
    },
    {
      of: 'whoever uploads',
      what: 'A JPEG, PNG, WebP, AVIF, GIF, or an MP4, MOV or WebM movie, of at most 50 MB, within five minutes.',
      otherwise: 'S3 refuses the form, or the edit is refused with the reason.',
    },
    {
      of: 'whoever sends recipes',
      what: 'Recipes that are made within the limits of pixels, frames and memory.',
      otherwise: 'Larger ones are answered 422 with the figure and what to change.',
    },
    {
      of: 'whoever waits for an edit',
      what: 'Long polls of at most 20 seconds, one at a time.',
      otherwise: 'Longer waits are refused with 400.',
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
      alarms: ['requests-answered', 'api-failures'],
      steps: [
        {
          look: 'Which route fails, and with which status?',
          at: { kind: 'access-log', filter: 'status >= 500' },
        },
        { look: '503 on POST /studio/uploads: does the cache answer?', at: { kind: 'cache' } },
        {
          look: 'With 500, what did the function throw?',
          at: { kind: 'logs', function: 'edit', filter: 'level = "ERROR"' },
        },
      ],
    },
    {
      alarms: ['api-latency'],
      steps: [
        {
          look: 'Which route is slow, and is it the function or the way to it?',
          at: { kind: 'access-log', filter: 'milliseconds > 3000' },
        },
        { look: 'Is the cache slow or near a limit?', at: { kind: 'cache' } },
      ],
    },
    {
      alarms: ['api-refusals'],
      steps: [
        {
          look: 'Which route refuses, to whom, with which status?',
          at: { kind: 'access-log', filter: 'status >= 400 and status < 500' },
        },
        { look: 'Was a page or a template published that asks wrongly?', at: { kind: 'dashboard' } },
      ],
    },
    {
      alarms: ['stills-in-time', 'edit-*'],
      steps: [
        { look: 'Do duration and memory of edit grow since a deployment?', at: { kind: 'dashboard' } },
        {
          look: 'What does edit throw, and on which recipes?',
          at: { kind: 'logs', function: 'edit', filter: 'level = "ERROR"' },
        },
        { look: 'Throttled: how much of the account’s concurrency is used?', at: { kind: 'dashboard' } },
      ],
    },
    {
      alarms: ['movies-in-time', 'make-long-queue-*', 'make-long-concurrency'],
      steps: [
        { look: 'Do edits wait, or does the making take long?', at: { kind: 'dashboard' } },
        { look: 'Is the event source of make-long enabled?', at: { kind: 'function', name: 'make-long' } },
        {
          look: 'Does make-long fail, so that messages wait for their next try?',
          at: { kind: 'logs', function: 'make-long', filter: 'level = "ERROR"' },
        },
        { look: 'At the maximum concurrency: raise makeConcurrency in lib/config.ts and deploy.' },
      ],
    },
    {
      alarms: ['accepted-edits-end', '*-dead-letters'],
      steps: [
        { look: 'Which edits were not made?', at: { kind: 'dead-letters', name: 'make-long' } },
        {
          look: 'Why did they fail?',
          at: { kind: 'logs', function: 'make-long', filter: 'message = "message failed"' },
        },
        { look: 'When the cause is mended, run npm run redrive -- make-long.' },
      ],
    },
    {
      alarms: ['make-long-errors', 'make-long-duration', 'make-long-throttles'],
      steps: [
        {
          look: 'What does make-long throw, and on which recipes?',
          at: { kind: 'logs', function: 'make-long', filter: 'level = "ERROR"' },
        },
        { look: 'Do its duration and memory grow since a deployment?', at: { kind: 'dashboard' } },
      ],
    },
    {
      alarms: ['templates-*', 'request-upload-*', 'inspect-*'],
      steps: [
        {
          look: 'Which requests fail or take long?',
          at: { kind: 'access-log', filter: 'status >= 500 or milliseconds > 3000' },
        },
        {
          look: 'What do the functions throw?',
          at: { kind: 'logs', function: 'request-upload', filter: 'level = "ERROR"' },
        },
        { look: 'Throttled: how much of the account’s concurrency is used?', at: { kind: 'dashboard' } },
      ],
    },
  ],
} as const satisfies PromiseDocument;
