import type { PromiseDocument } from '../contracts/promise.ts';
import { personaliseMetrics } from './metrics.ts';

/** What the service promises. Alarms, dashboards, tags, runbook headings and the dependency graph follow from it. */
export const personalisePromise = {
  service: 'personalise',
  product: 'Personalised images',
  team: 'campaigns',
  version: '1.0.0',
  changes: [{ version: '1.0.0', date: '2026-11-21', what: 'The first promises.' }],
  description:
    'Turns a photo of each member of an audience into the pictures of a campaign, with their words on it.',
  promises: [
    {
      id: 'requests-answered',
      statement:
        'Whoever asks for a campaign, an upload or a job gets an answer that is not a failure of ours.',
      functions: ['campaigns', 'request-upload', 'job-status'],
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
      id: 'pictures-in-time',
      statement: 'The pictures of an accepted photo are there within 30 seconds.',
      functions: ['render'],
      measure: {
        kind: 'ratio',
        metrics: {
          inTime: { of: 'service', metric: personaliseMetrics.jobDuration, statistic: 'TC(:30000)' },
          ended: { of: 'service', metric: personaliseMetrics.jobDuration, statistic: 'SampleCount' },
        },
        good: 'inTime',
        total: 'ended',
      },
      objective: { atLeast: 0.95 },
      windowDays: 30,
      conditions: [
        'No more photos arrive at once than renderConcurrency of lib/config.ts draws in 30 seconds.',
      ],
      whenBroken: {
        consumerSees: 'The job stays accepted or rendering for longer than half a minute.',
        consumerShould: 'Keep the job’s address and ask again: the pictures still come.',
      },
      minimumTraffic: 10,
    },
    {
      id: 'accepted-jobs-end',
      statement: 'Every photo that was uploaded gets an end: its pictures, or a reason in words.',
      functions: ['accept-upload', 'render'],
      measure: {
        kind: 'bound',
        metrics: {
          notJudged: {
            of: 'dead-letters',
            name: 'accept-upload',
            metric: 'ApproximateNumberOfMessagesVisible',
            statistic: 'Maximum',
          },
          notDrawn: {
            of: 'dead-letters',
            name: 'render',
            metric: 'ApproximateNumberOfMessagesVisible',
            statistic: 'Maximum',
          },
          uploads: { of: 'function', name: 'accept-upload', metric: 'Invocations', statistic: 'Sum' },
        },
        value: 'notJudged + notDrawn',
        total: 'uploads',
        unit: 'photos set aside',
      },
      objective: { atMost: 0 },
      windowDays: 30,
      conditions: ['The upload arrived within the minutes that its form allows.'],
      whenBroken: {
        consumerSees: 'A job neither ends nor fails, however long one waits.',
        consumerShould:
          'Keep the job’s address: the team sends set-aside photos back within a day, before uploads expire.',
      },
      minimumTraffic: 1,
    },
  ],
  dependsOn: [
    {
      on: { service: 'foundation', promise: 'cache-answers' },
      whenBroken:
        'No upload is granted, since the rate of a client is not known; jobs under way finish and are told from S3.',
      alternatives: [
        { kind: 'degraded-answer', how: 'Jobs are told from S3, and drawn without a lease.' },
        { kind: 'retry', how: 'POST /uploads answers 503 with Retry-After.' },
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
      whenBroken: 'Nothing can be uploaded, drawn or told; events wait in Lambda and SQS for hours and days.',
      alternatives: [],
      singlePointOfFailure:
        'S3 is the one truth about a job; a second store would have to agree with it, for less availability than S3 has alone.',
    },
    {
      on: { provider: 'AWS Lambda' },
      whenBroken: 'Requests fail; uploads and messages wait.',
      alternatives: [],
      singlePointOfFailure:
        'Everything runs on it, in several zones of the region; another region would double what is idle.',
    },
    {
      on: { provider: 'Amazon SQS' },
      whenBroken:
        'Uploads are judged again by Lambda’s retries until a message can be sent; nothing is drawn meanwhile.',
      alternatives: [
        { kind: 'retry', how: 'Lambda keeps an upload’s event for six hours and redelivers it.' },
      ],
    },
    {
      on: { provider: 'Amazon API Gateway' },
      whenBroken: 'Nobody can ask for an upload or a job; what was uploaded is drawn all the same.',
      alternatives: [],
      singlePointOfFailure:
        'It runs in several zones of the region; a second way in would need a second address and certificate.',
    },
  ],
  expects: [
    {
      of: 'whoever asks for uploads',
      what: 'At most ten a minute from one address.',
      otherwise: 'More are answered 429 with Retry-After.',
    },
    {
      of: 'whoever uploads',
      what: 'A JPEG, PNG, WebP, AVIF or GIF of at most the campaign’s bytes and pixels, within five minutes.',
      otherwise: 'S3 refuses the form, or the job ends failed with the reason.',
    },
    {
      of: 'whoever waits for a job',
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
        { look: '503 on POST /personalise/uploads: does the cache answer?', at: { kind: 'cache' } },
        {
          look: 'With 500, what did the function throw?',
          at: { kind: 'logs', function: 'request-upload', filter: 'level = "ERROR"' },
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
        { look: 'Was a page or a campaign published that asks wrongly?', at: { kind: 'dashboard' } },
      ],
    },
    {
      alarms: ['pictures-in-time', 'render-queue-*', 'render-concurrency'],
      steps: [
        { look: 'Do photos wait, or does the drawing take long?', at: { kind: 'dashboard' } },
        { look: 'Is the event source of render enabled?', at: { kind: 'function', name: 'render' } },
        {
          look: 'Does render fail, so that messages wait for their next try?',
          at: { kind: 'logs', function: 'render', filter: 'level = "ERROR"' },
        },
        { look: 'At the maximum concurrency: raise renderConcurrency in lib/config.ts and deploy.' },
      ],
    },
    {
      alarms: ['accepted-jobs-end', '*-dead-letters'],
      steps: [
        { look: 'Which photos were not drawn?', at: { kind: 'dead-letters', name: 'render' } },
        { look: 'Which uploads were not judged?', at: { kind: 'dead-letters', name: 'accept-upload' } },
        {
          look: 'Why did they fail?',
          at: { kind: 'logs', function: 'render', filter: 'message = "message failed"' },
        },
        { look: 'When the cause is mended, run npm run redrive -- render, or -- accept-upload.' },
      ],
    },
    {
      alarms: ['render-errors', 'render-duration', 'render-throttles'],
      steps: [
        {
          look: 'What does render throw, and on which photos?',
          at: { kind: 'logs', function: 'render', filter: 'level = "ERROR"' },
        },
        {
          look: 'Do its duration and memory grow since a campaign or a deployment?',
          at: { kind: 'dashboard' },
        },
      ],
    },
    {
      alarms: ['accept-upload-errors', 'accept-upload-duration', 'accept-upload-throttles'],
      steps: [
        {
          look: 'What does accept-upload throw?',
          at: { kind: 'logs', function: 'accept-upload', filter: 'level = "ERROR"' },
        },
        { look: 'Can it reach the render queue?', at: { kind: 'queue', name: 'render' } },
      ],
    },
    {
      alarms: ['campaigns-*', 'request-upload-*', 'job-status-*'],
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
