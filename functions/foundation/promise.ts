import type { PromiseDocument } from '../contracts/promise.ts';
import { foundationMetrics } from './metrics.ts';

/** What the service promises. Alarms, dashboards, tags, runbook headings and the dependency graph follow from it. */
export const foundationPromise = {
  service: 'foundation',
  product: 'Platform',
  team: 'platform',
  version: '1.0.0',
  changes: [{ version: '1.0.0', date: '2026-11-21', what: 'The first promises.' }],
  description: 'What every service stands on: the network, the cache, and the way from an alarm to people.',
  promises: [
    {
      id: 'cache-answers',
      statement: 'The cache answers the commands of services instead of throttling them.',
      functions: [],
      measure: {
        kind: 'ratio',
        metrics: {
          commands: { of: 'cache', metric: 'TotalCmdsCount', statistic: 'Sum' },
          throttled: { of: 'cache', metric: 'ThrottledCmds', statistic: 'Sum' },
        },
        good: 'commands - throttled',
        total: 'commands',
      },
      objective: { atLeast: 0.999 },
      windowDays: 30,
      conditions: ['Services stay within cacheLimits of lib/config.ts.'],
      whenBroken: {
        consumerSees: 'Commands fail or time out, and everything in the cache may be gone.',
        consumerShould:
          'Answer from S3, which is the truth, and write the projection again when the cache answers.',
      },
      minimumTraffic: 100,
    },
    {
      id: 'alarms-reach-people',
      statement: 'An alarm reaches the chat and the pager of the team that owns it.',
      functions: ['notify'],
      measure: {
        kind: 'ratio',
        metrics: {
          sent: { of: 'service', metric: foundationMetrics.notificationSent, statistic: 'Sum' },
          failed: { of: 'service', metric: foundationMetrics.notificationFailed, statistic: 'Sum' },
        },
        good: 'sent',
        total: 'sent + failed',
      },
      objective: { atLeast: 0.9 },
      windowDays: 30,
      conditions: ['The team’s addresses are in the secret that lib/teams.ts names.'],
      whenBroken: {
        consumerSees: 'An alarm is red on the dashboard and nobody was told.',
        consumerShould: 'Look at the dashboard; e-mails of the team’s topic come all the same.',
      },
      minimumTraffic: 1,
    },
  ],
  dependsOn: [
    {
      on: { provider: 'Amazon ElastiCache' },
      whenBroken: 'The cache is away; services answer from S3, and those that count in it refuse with 503.',
      alternatives: [
        { kind: 'degraded-answer', how: 'Everything in the cache is a projection of what lies in S3.' },
      ],
    },
    {
      on: { provider: 'Amazon SNS' },
      whenBroken: 'Alarms change their colour and tell nobody.',
      alternatives: [
        {
          kind: 'second-provider',
          how: 'The same change goes to the event bus, and the dashboard shows it.',
        },
      ],
    },
    {
      on: { provider: 'AWS Lambda' },
      whenBroken: 'Alarms reach people by e-mail only.',
      alternatives: [
        { kind: 'second-provider', how: 'A team’s e-mail addresses get alarms from SNS itself.' },
      ],
    },
    {
      on: { provider: 'AWS Secrets Manager' },
      whenBroken: 'Chat and pager cannot be addressed; each alarm is tried again for hours, then set aside.',
      alternatives: [
        { kind: 'second-provider', how: 'A team’s e-mail addresses get alarms from SNS itself.' },
      ],
    },
    {
      on: { provider: 'PagerDuty' },
      whenBroken: 'Nobody’s pager rings; the alarm is tried again, then set aside with an alarm of its own.',
      alternatives: [{ kind: 'second-provider', how: 'The team’s chat and e-mail get the same alarm.' }],
    },
  ],
  expects: [
    {
      of: 'services that use the cache',
      what: 'Keys that begin with the service’s name, carry a hash tag and expire.',
      otherwise: 'The service’s user is refused the command.',
    },
  ],
  checklist: [
    {
      alarms: ['page', 'ticket'],
      steps: [
        { look: 'Which alarms are the evidence, and since when?', at: { kind: 'dashboard' } },
        { look: 'Is AWS itself well in this region?', at: { kind: 'aws-health' } },
      ],
    },
    {
      alarms: ['cache-*'],
      steps: [
        {
          look: 'Which limit is near: storage, processing units, or the speed of growth?',
          at: { kind: 'cache' },
        },
        { look: 'Which service uses more than before, and was it deployed?', at: { kind: 'dashboard' } },
        { look: 'More is needed: raise cacheLimits in lib/config.ts and deploy foundation.' },
      ],
    },
    {
      alarms: ['alarms-reach-people', 'notify-*'],
      steps: [
        {
          look: 'Which chat or pager does not take alarms, and what does it answer?',
          at: { kind: 'logs', function: 'notify', filter: 'level = "ERROR"' },
        },
        {
          look: 'Which alarms did not reach anybody? Tell their teams yourself.',
          at: { kind: 'dead-letters', name: 'notify' },
        },
        { look: 'Does the secret have the field that lib/teams.ts names, with a value that is still valid?' },
        { look: 'When it is mended, run npm run redrive -- notify.' },
      ],
    },
  ],
} as const satisfies PromiseDocument;
