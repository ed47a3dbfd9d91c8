import { type AlarmMessage, alarmMessageSchema } from '../../contracts/alarm-message.ts';
import type { ChatMessage, PagerEvent } from '../../contracts/alarm-notification.ts';
import { type AlarmTopic, alarmTopicName, parseAlarmTopicArn } from '../../contracts/alarm-name.ts';
import type { AlarmTargets } from '../../contracts/alarm-targets.ts';
import type { PromiseDocument } from '../../contracts/promise.ts';
import type { Clock } from '../../kernel/clock.ts';
import { PermanentError } from '../../kernel/errors.ts';
import type { Meter } from '../../kernel/meter.ts';
import { foundationMetrics } from '../metrics.ts';
import { tellAlarm } from './alarm-story.ts';
import { DeliveryError } from './delivery-error.ts';
import { formatChat, formatPlainChat } from './format-chat.ts';
import { formatPager, formatPlainPager } from './format-pager.ts';
import type { Chat, Pager, Secrets } from './ports.ts';
import { Recent } from './recent.ts';

export interface NotifyDeps {
  readonly stage: string;
  readonly targets: AlarmTargets;
  readonly documents: readonly PromiseDocument[];
  readonly runbookUrl: string;
  readonly chat: Chat;
  readonly pager: Pager;
  readonly secrets: Secrets;
  readonly meter: Meter;
  readonly clock: Clock;
}

/** One message of a team's topic. */
export interface TopicMessage {
  readonly id: string;
  readonly topicArn: string;
  readonly subject: string | undefined;
  readonly text: string;
}

/** One target and what it gets. */
interface Delivery {
  readonly to: 'chat' | 'pager';
  /** Of the secret. */
  readonly field: string;
  send(secret: string): Promise<void>;
}

interface Notice {
  readonly chat: ChatMessage;
  readonly pager: PagerEvent | undefined;
  /** When the alarm changed, in epoch milliseconds. @default it is no alarm */
  readonly changedAt?: number;
}

const remembered = 1000;

/**
 * Tells a team what its topic says. Every target is tried; when one has not taken it, the whole message fails, is delivered again and at last set aside.
 *
 * What may repeat: a target that took the message is remembered by this execution environment only, so after a failure of the other target a new environment
 * may post to the chat twice. The pager takes repeated events as one. A trigger that comes after the alarm's end was told is not sent, where this environment
 * told it; in a new one the pager would ring again for an alarm that has ended, with its time in the summary's details.
 */
export function createNotify(deps: NotifyDeps): (message: TopicMessage) => Promise<void> {
  const served = new Recent<true>(remembered);
  const latestChange = new Recent<number>(remembered);

  const deliver = async (delivery: Delivery): Promise<void> => {
    const secret = await deps.secrets.field(delivery.field);
    try {
      await delivery.send(secret);
    } catch (error) {
      // A refusal may mean that the secret was replaced since it was read.
      const fresh = isRefusal(error) ? await deps.secrets.freshField(delivery.field) : secret;
      if (fresh === secret) {
        throw error;
      }
      await delivery.send(fresh);
    }
  };

  const attempt = async (message: TopicMessage, delivery: Delivery): Promise<unknown> => {
    const key = `${message.id} ${delivery.to} ${delivery.field}`;
    if (served.get(key) === true) {
      return undefined;
    }
    try {
      await deliver(delivery);
      served.set(key, true);
      deps.meter.count(foundationMetrics.notificationSent);
      return undefined;
    } catch (error) {
      deps.meter.count(foundationMetrics.notificationFailed);
      return error;
    }
  };

  /** Nothing when a later change of the same alarm was told already. */
  const pagerDeliveries = (topicArn: string, field: string, { pager, changedAt }: Notice): Delivery[] => {
    const key = `${topicArn} ${pager?.dedup_key}`;
    const isOvertaken = changedAt !== undefined && changedAt < (latestChange.get(key) ?? changedAt);
    if (pager === undefined || isOvertaken) {
      return [];
    }
    const send = async (routingKey: string): Promise<void> => {
      await deps.pager.send(routingKey, pager);
      if (changedAt !== undefined) {
        latestChange.set(key, changedAt);
      }
    };
    return [{ to: 'pager', field, send }];
  };

  return async (message) => {
    const topic = readTopic(deps, message);
    const { chat: webhook, pagerDuty } = topic.targets[topic.severity];
    const notice = readNotice(deps, message, topic);
    if (notice === undefined) {
      return;
    }
    const deliveries: Delivery[] = [
      ...(webhook === undefined
        ? []
        : [
            {
              to: 'chat',
              field: webhook,
              send: (secret: string) => deps.chat.post(secret, notice.chat),
            } as const,
          ]),
      ...(pagerDuty === undefined ? [] : pagerDeliveries(message.topicArn, pagerDuty, notice)),
    ];
    const failures = await Promise.all(
      deliveries.map(async (delivery) => ({ delivery, error: await attempt(message, delivery) })),
    );
    throwFailures(
      topic,
      failures.filter(({ error }) => error !== undefined),
    );
  };
}

type Topic = AlarmTopic & { readonly region: string; readonly targets: AlarmTargets[string] };

/** Whom the message is for. Throws a PermanentError when nobody is told by this topic: a mistake of the stacks that no retry mends. */
function readTopic(deps: NotifyDeps, { topicArn }: TopicMessage): Topic {
  const topic = parseAlarmTopicArn(topicArn);
  const targets = topic === undefined ? undefined : deps.targets[topic.team];
  if (topic === undefined || topic.stage !== deps.stage || targets === undefined) {
    deps.meter.count(foundationMetrics.notificationFailed);
    throw topic === undefined || targets !== undefined
      ? new PermanentError(
          'unknown-topic',
          `The topic ${topicArn} is not one of this stage: its name is to be fanfare-${deps.stage}-<team>-<page or ticket>.`,
        )
      : new PermanentError(
          'unknown-team',
          `NOTIFY_TARGETS names no targets for the team ${topic.team} of ${topicArn}.`,
        );
  }
  return { ...topic, targets };
}

/**
 * An alarm's change in words. Nothing when a composite alarm has just been made: CloudWatch tells its first OK like the end of something, after every
 * deployment that adds one. What is no alarm's message is told as it is, and rings where alarms ring: it may be
 * one in a new shape.
 */
function readNotice(deps: NotifyDeps, message: TopicMessage, topic: Topic): Notice | undefined {
  const now = deps.clock();
  const alarm = readAlarm(message.text);
  if (alarm === undefined) {
    const subject = message.subject ?? `A message for ${topic.team}`;
    return {
      chat: formatPlainChat(subject, message.text),
      pager: formatPlainPager({
        messageId: message.id,
        topicName: alarmTopicName(topic),
        team: topic.team,
        severity: topic.severity,
        subject,
        message: message.text,
        now,
      }),
    };
  }
  if ('AlarmRule' in alarm && alarm.OldStateValue === 'INSUFFICIENT_DATA' && alarm.NewStateValue === 'OK') {
    return undefined;
  }
  const story = tellAlarm(alarm, { ...deps, ...topic, now });
  return { chat: formatChat(story), pager: formatPager(story), changedAt: story.changedAt };
}

function readAlarm(text: string): AlarmMessage | undefined {
  try {
    return alarmMessageSchema.safeParse(JSON.parse(text)).data;
  } catch {
    // Not JSON: written by a person.
    return undefined;
  }
}

const isRefusal = (error: unknown): boolean => error instanceof DeliveryError && error.kind === 'refused';

function throwFailures(
  { team, severity }: AlarmTopic,
  failures: readonly { readonly delivery: Delivery; readonly error: unknown }[],
): void {
  if (failures.length === 0) {
    return;
  }
  const reasons = failures.map(
    ({ delivery, error }) =>
      `The ${delivery.to} of ${team} (${severity}, field ${delivery.field}): ${error instanceof Error ? error.message : String(error)}`,
  );
  const errors = failures.map(({ error }) => error);
  throw errors.every(isRefusal)
    ? new PermanentError('notification-refused', reasons.join(' '))
    : new AggregateError(errors, reasons.join(' '));
}
