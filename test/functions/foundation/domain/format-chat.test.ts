import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chatMessageSchema } from '../../../../functions/contracts/alarm-notification.ts';
import { formatChat, formatPlainChat } from '../../../../functions/foundation/domain/format-chat.ts';
import { anyStory } from '../any-story.ts';
import { told } from '../told.ts';

const sections = (message: ReturnType<typeof formatChat>): string[] =>
  message.blocks.flatMap((block) => (block.type === 'section' ? [block.text.text] : []));

describe('an alarm in the chat', () => {
  const message = formatChat(told('composite-alarm'));

  it('reads as plain text: what broke, the impact, since when, evidence, steps, links', () => {
    expect(message.text.replace(/logs-insights\S+/u, 'logs-insights…')).toBe(
      [
        '🔴 PAGE Personalised images (prod): pictures-in-time is broken',
        '',
        'The job stays accepted for longer than half a minute.',
        '',
        'Since 2026-11-21 03:02 UTC (8 minutes). Team: campaigns (page).',
        'Promise pictures-in-time: The pictures are there within 30 seconds. (at least 95 %, over 30 days)',
        '',
        'Evidence:',
        '• pictures-in-time/5m-14.4x: in the last 5 minutes at least 72 % was not as promised, in alarm since 03:04 UTC',
        '• render-errors: in alarm since 03:02 UTC',
        '',
        'Look at:',
        '1. What does render throw?',
        '   log of render: https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1#logsV2:logs-insights…',
        '2. Was it deployed just before?',
        '   dashboard: https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1#dashboards/dashboard/fanfare-prod-campaigns',
        '',
        'Consumers should:',
        '• Keep the job’s address and ask again.',
        '',
        'Runbook personalise/pictures-in-time: https://example.com/runbook.md#personalisepictures-in-time',
        'Runbook personalise/render-errors: https://example.com/runbook.md#personaliserender-errors',
        'Alarm: https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1#alarmsV2:alarm/fanfare-prod%2Fpersonalise%2Fpage',
        'Dashboard: https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1#dashboards/dashboard/fanfare-prod-campaigns',
      ].join('\n'),
    );
  });

  it('has the same in Slack’s notation, with links that are short to read', () => {
    expect(message.blocks[0]).toEqual({
      type: 'header',
      text: { type: 'plain_text', text: '🔴 PAGE Personalised images (prod): pictures-in-time is broken' },
    });
    expect(sections(message)[3]).toMatch(
      /^\*Look at\*\n1\. What does render throw\? <https:\S+\|log of render>\n2\. /u,
    );
  });

  it.each([
    ['composite-ok', 'page', '🟢 RESOLVED'],
    ['metric-insufficient-data', 'page', '⚪ UNKNOWN'],
    ['metric-alarm', 'ticket', '🟠 TICKET'],
  ] as const)('%s as a %s begins with %s', (name, severity, mark) => {
    expect(formatChat(told(name, {}, { severity })).text.startsWith(`${mark} Personalised`)).toBe(true);
  });

  it('keeps within the limits of the chat, whatever the story', () => {
    fc.assert(
      fc.property(anyStory, (story) => {
        expect(chatMessageSchema.safeParse(formatChat(story)).error).toBeUndefined();
      }),
    );
  });
});

describe('what somebody publishes by hand', () => {
  it('is told as it is', () => {
    expect(formatPlainChat('Test', 'Does this\narrive?').text).toBe('📣 Test\n\nDoes this\narrive?');
  });

  it('calls nobody and links nowhere', () => {
    const { text, blocks } = formatPlainChat('Test', '<!channel> look & <https://example.com|click>');
    expect(JSON.stringify({ text, blocks: blocks.slice(1) })).not.toMatch(/<[!@#h]/u);
    expect(text).toContain('&lt;!channel&gt; look &amp;');
  });

  it('keeps within the limits of the chat, whatever it is', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.stringMatching(/^[<&a\n ]*$/u),
      fc.integer({ min: 1, max: 20_000 }).map((length) => '<'.repeat(length)),
      fc.array(fc.string({ minLength: 50 }), { minLength: 100 }).map((lines) => lines.join('\n')),
    );
    fc.assert(
      fc.property(text, text, (subject, body) => {
        expect(chatMessageSchema.safeParse(formatPlainChat(subject, body)).error).toBeUndefined();
      }),
    );
  });
});
