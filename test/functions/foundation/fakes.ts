import type { ChatMessage, PagerEvent } from '../../../functions/contracts/alarm-notification.ts';
import type { AlarmTargets } from '../../../functions/contracts/alarm-targets.ts';
import { createNotify, type TopicMessage } from '../../../functions/foundation/domain/notify.ts';
import { type AlarmMessageName, alarmMessageText } from '../../fixtures/alarm-message.ts';
import { testDocument } from './test-document.ts';

const targets: AlarmTargets = {
  campaigns: {
    page: { chat: 'campaigns-chat', pagerDuty: 'campaigns-pagerduty' },
    ticket: { chat: 'campaigns-chat' },
  },
  platform: { page: {}, ticket: {} },
};

/** Chat, pager and secret in memory. A test puts an error where a side is to fail. */
export class FakeWorld {
  readonly posts: { webhook: string; message: ChatMessage }[] = [];
  readonly rings: { routingKey: string; event: PagerEvent }[] = [];
  readonly counts = new Map<string, number>();
  /** What the environment has read, and what the secret holds by now. */
  readonly kept: Record<string, string> = { 'campaigns-chat': 'webhook', 'campaigns-pagerduty': 'key' };
  readonly current: Record<string, string> = { ...this.kept };
  /** Secrets that a side does not take, with what it answers. */
  readonly chatFails = new Map<string, Error>();
  readonly pagerFails = new Map<string, Error>();
  reads = 0;
  now = Date.parse('2026-11-21T03:10:30Z');

  /** A new execution environment. */
  readonly start = () =>
    createNotify({
      stage: 'prod',
      targets,
      documents: [testDocument],
      runbookUrl: 'https://example.com/runbook.md',
      chat: {
        post: async (webhook, message) => {
          throwIfGiven(this.chatFails.get(webhook));
          this.posts.push({ webhook, message });
        },
      },
      pager: {
        send: async (routingKey, event) => {
          throwIfGiven(this.pagerFails.get(routingKey));
          this.rings.push({ routingKey, event });
        },
      },
      secrets: {
        field: async (name) => present(name, this.kept),
        freshField: async (name) => {
          this.reads += 1;
          return present(name, this.current);
        },
      },
      meter: {
        count: (name, amount = 1) => void this.counts.set(name, (this.counts.get(name) ?? 0) + amount),
        time: () => undefined,
      },
      clock: () => this.now,
    });
}

function throwIfGiven(error: Error | undefined): void {
  if (error !== undefined) {
    throw error;
  }
}

function present(name: string, fields: Readonly<Record<string, string>>): string {
  const value = fields[name];
  if (value === undefined) {
    throw new Error(`no field ${name}`);
  }
  return value;
}

/** A golden alarm as it comes from a team's topic. */
export const fromTopic = (
  name: AlarmMessageName,
  message: Partial<TopicMessage> & { readonly topic?: string } = {},
): TopicMessage => ({
  id: message.id ?? name,
  topicArn: `arn:aws:sns:eu-west-1:111122223333:${message.topic ?? 'fanfare-prod-campaigns-page'}`,
  subject: message.subject,
  text: message.text ?? alarmMessageText(name),
});
