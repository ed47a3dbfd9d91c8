import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pagerEventSchema } from '../../../../functions/contracts/alarm-notification.ts';
import { formatPager, formatPlainPager } from '../../../../functions/foundation/domain/format-pager.ts';
import { anyStory } from '../any-story.ts';
import { told } from '../told.ts';

describe('an alarm on the pager', () => {
  it('rings with what broke and what people notice', () => {
    expect(formatPager(told('composite-alarm'))).toMatchObject({
      event_action: 'trigger',
      dedup_key: 'fanfare-prod/personalise/page',
      client: 'Fanfare',
      client_url: expect.stringContaining('alarmsV2:alarm'),
      payload: {
        summary:
          'Personalised images (prod): pictures-in-time is broken. The job stays accepted for longer than half a minute.',
        source: 'fanfare-prod/personalise/page',
        severity: 'critical',
        timestamp: '2026-11-21T03:04:05.640Z',
        component: 'personalise',
        group: 'campaigns',
        class: 'pictures-in-time',
        custom_details: {
          evidence: [expect.stringContaining('72 %'), expect.any(String)],
          checklist: [
            expect.stringMatching(/^1\. What does render throw\? https:/u),
            expect.stringMatching(/^2\. Was it deployed just before\? https:/u),
          ],
          consumers_should: ['Keep the job’s address and ask again.'],
        },
      },
    });
  });

  it('links each place once', () => {
    const event = formatPager(told('composite-alarm'));
    const hrefs = event?.event_action === 'trigger' ? event.links.map(({ href }) => href) : [];
    expect(hrefs).toHaveLength(5);
    expect(new Set(hrefs).size).toBe(5);
  });

  it('is less urgent as a ticket', () => {
    expect(formatPager(told('metric-alarm', {}, { severity: 'ticket' }))).toMatchObject({
      payload: { severity: 'warning' },
    });
  });

  it('stops when the alarm ends, under the key that it began with', () => {
    expect(formatPager(told('composite-ok'))).toEqual({
      event_action: 'resolve',
      dedup_key: 'fanfare-prod/personalise/page',
    });
  });

  it('neither begins nor stops when nobody knows', () => {
    expect(formatPager(told('metric-insufficient-data'))).toBeUndefined();
  });

  it('keeps within PagerDuty’s limits, whatever the story', () => {
    fc.assert(
      fc.property(anyStory, (story) => {
        const event = formatPager(story);
        expect(event === undefined).toBe(story.state === 'INSUFFICIENT_DATA');
        expect(pagerEventSchema.optional().safeParse(event).error).toBeUndefined();
      }),
    );
  });
});

it('what is published by hand rings under its own id', () => {
  const event = formatPlainPager({
    messageId: 'f4a0',
    topicName: 'fanfare-prod-campaigns-page',
    team: 'campaigns',
    severity: 'page',
    subject: 'Come\nquickly',
    message: 'The stage is on fire.',
    now: Date.parse('2026-11-21T03:10:00Z'),
  });
  expect(pagerEventSchema.parse(event)).toMatchObject({
    dedup_key: 'f4a0',
    payload: { summary: 'Come quickly', custom_details: { message: 'The stage is on fire.' } },
  });
});
