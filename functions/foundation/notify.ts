import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { systemClock } from '../kernel/clock.ts';
import { parseEnvironment } from '../kernel/environment.ts';
import { meter } from '../kernel/metrics.ts';
import { createSecrets } from '../kernel/secrets-manager.ts';
import { snsHandler } from '../kernel/sns-events.ts';
import { promiseDocuments } from '../promises.ts';
import { createChat } from './adapters/https-chat.ts';
import { createPager } from './adapters/https-pager.ts';
import { createNotify } from './domain/notify.ts';
import { notifyEnv } from './env.ts';

/** How long a chat or a pager may take to answer, in milliseconds. */
const timeoutMs = 5000;

const env = parseEnvironment(notifyEnv);
const secretsManager = new SecretsManagerClient({
  requestHandler: { connectionTimeout: 1000, requestTimeout: 2000, throwOnRequestTimeout: true },
});
const notify = createNotify({
  stage: env.STAGE_NAME,
  targets: env.NOTIFY_TARGETS,
  documents: promiseDocuments,
  runbookUrl: env.RUNBOOK_URL,
  chat: createChat(timeoutMs),
  pager: createPager(env.PAGERDUTY_EVENTS_URL, timeoutMs),
  secrets: createSecrets(secretsManager, env.NOTIFY_SECRET_NAME, systemClock),
  meter,
  clock: systemClock,
});

export const handler = snsHandler(({ MessageId, TopicArn, Subject, Message }) =>
  notify({ id: MessageId, topicArn: TopicArn, subject: Subject, text: Message }),
);
