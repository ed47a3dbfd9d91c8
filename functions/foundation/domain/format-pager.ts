import type { PagerEvent } from '../../contracts/alarm-notification.ts';
import type { Severity } from '../../contracts/alarm-name.ts';
import type { AlarmStory } from './alarm-story.ts';
import { cut } from './in-words.ts';

const limits = { summary: 1024, dedupKey: 255 } as const;
const client = 'Fanfare';
const pagerSeverity = { page: 'critical', ticket: 'warning' } as const satisfies Record<Severity, string>;

/**
 * What the pager is told of a change; undefined when nothing is: without data nobody knows whether it is well, so nobody is woken, and what rings goes on
 * ringing. The same alarm has always the same `dedup_key`, so that repeating an event changes nothing.
 */
export function formatPager(story: AlarmStory): PagerEvent | undefined {
  const dedup_key = cut(story.alarmName, limits.dedupKey);
  switch (story.state) {
    case 'INSUFFICIENT_DATA':
      return undefined;
    case 'OK':
      return { event_action: 'resolve', dedup_key };
    case 'ALARM':
      return trigger(story, dedup_key);
  }
}

function trigger(story: AlarmStory, dedup_key: string): PagerEvent {
  const alarm = story.links.find(({ text }) => text === 'Alarm');
  return {
    event_action: 'trigger',
    dedup_key,
    client,
    ...(alarm === undefined ? {} : { client_url: alarm.url }),
    links: linksOf(story),
    payload: {
      summary: cut([`${story.title}.`, ...story.impact].join(' ').replaceAll(/\s+/gu, ' '), limits.summary),
      source: story.alarmName,
      severity: pagerSeverity[story.severity],
      timestamp: new Date(story.changedAt).toISOString(),
      component: story.component,
      group: story.team,
      class: story.subject,
      custom_details: {
        impact: [...story.impact],
        facts: [...story.facts],
        evidence: [...story.evidence],
        checklist: story.steps.map(
          ({ look, at }, index) => `${index + 1}. ${look}${at === undefined ? '' : ` ${at.url}`}`,
        ),
        consumers_should: [...story.consumersShould],
      },
    },
  };
}

/** Each address once: several steps may look at the same place. */
function linksOf({ links, steps }: AlarmStory): { href: string; text: string }[] {
  const all = [...links, ...steps.flatMap(({ at }) => at ?? [])];
  return [...new Map(all.map(({ text, url }) => [url, { href: url, text }])).values()];
}

/** For what is published by hand: it rings, and is resolved by hand. */
export const formatPlainPager = (text: {
  readonly messageId: string;
  readonly topicName: string;
  readonly team: string;
  readonly severity: Severity;
  readonly subject: string;
  readonly message: string;
  /** Epoch milliseconds. */
  readonly now: number;
}): PagerEvent => ({
  event_action: 'trigger',
  dedup_key: cut(text.messageId, limits.dedupKey),
  client,
  links: [],
  payload: {
    summary: cut(text.subject.replaceAll(/\s+/gu, ' '), limits.summary),
    source: text.topicName,
    severity: pagerSeverity[text.severity],
    timestamp: new Date(text.now).toISOString(),
    group: text.team,
    class: 'message',
    custom_details: { message: cut(text.message, 20_000) },
  },
});
