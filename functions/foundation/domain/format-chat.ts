import type { ChatMessage } from '../../contracts/alarm-notification.ts';
import type { AlarmState } from '../../contracts/alarm-message.ts';
import type { AlarmStory, Link } from './alarm-story.ts';
import { cut } from './in-words.ts';

const limits = { text: 8000, header: 150, section: 3000 } as const;

/** Steps that are shown; the rest is in the runbook. */
const mostSteps = 10;

interface Line {
  readonly text: string;
  readonly link?: Link | undefined;
}
interface Paragraph {
  readonly heading?: string;
  readonly lines: readonly Line[];
}

/** A change of an alarm as it is read at night on a telephone: what happened, what people notice, the evidence, what to do. */
export function formatChat(story: AlarmStory): ChatMessage {
  const header = `${mark(story)} ${story.title}`;
  return compose(header, [
    { lines: story.impact.map(plain) },
    { lines: story.facts.map(plain) },
    {
      heading: story.state === 'OK' ? 'What ended' : 'Evidence',
      lines: story.evidence.map((text) => plain(`• ${text}`)),
    },
    {
      heading: 'Look at',
      lines: story.steps
        .slice(0, mostSteps)
        .map(({ look, at }, index) => ({ text: `${index + 1}. ${look}`, link: at })),
    },
    { heading: 'Consumers should', lines: story.consumersShould.map((text) => plain(`• ${text}`)) },
    { lines: story.links.map((link) => ({ text: '', link })) },
  ]);
}

/** What somebody has published by hand, as it is. */
export const formatPlainChat = (subject: string, text: string): ChatMessage =>
  compose(`📣 ${subject}`, [{ lines: text.split('\n').map(plain) }]);

const plain = (text: string): Line => ({ text });

/** A colour for who can see it, a word for who cannot. */
const mark = ({ state, severity }: AlarmStory): string =>
  state === 'ALARM' ? alarmMarks[severity] : otherMarks[state];
const alarmMarks = { page: '🔴 PAGE', ticket: '🟠 TICKET' } as const;
const otherMarks = { OK: '🟢 RESOLVED', INSUFFICIENT_DATA: '⚪ UNKNOWN' } as const satisfies Record<
  Exclude<AlarmState, 'ALARM'>,
  string
>;

function compose(header: string, paragraphs: readonly Paragraph[]): ChatMessage {
  const told = paragraphs.filter(({ lines }) =>
    lines.some(({ text, link }) => text !== '' || link !== undefined),
  );
  const oneLine = header.replaceAll(/\s+/gu, ' ');
  return {
    text: wholeLines([oneLine, ...told.map(asText)].join('\n\n')),
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: cut(oneLine, limits.header) } },
      ...told
        .flatMap(asMarkdown)
        .slice(0, 48)
        .map((text) => ({ type: 'section' as const, text: { type: 'mrkdwn' as const, text } })),
    ],
  };
}

/** As many lines as fit: half an address leads nowhere. */
function wholeLines(text: string): string {
  const room = cut(text, limits.text);
  return room === text || !room.includes('\n') ? room : `${room.slice(0, room.lastIndexOf('\n'))}\n…`;
}

const asText = ({ heading, lines }: Paragraph): string =>
  [...(heading === undefined ? [] : [`${heading}:`]), ...lines.map(textLine)].join('\n');

const textLine = ({ text, link }: Line): string =>
  escape(
    [text, ...(link === undefined ? [] : [`${link.text}: ${link.url}`])]
      .filter((each) => each !== '')
      .join('\n   '),
  );

/** A paragraph in Slack's notation, in as many pieces as its limit needs; lines are not torn unless one alone is too long. */
function asMarkdown({ heading, lines }: Paragraph): string[] {
  const all = [...(heading === undefined ? [] : [`*${heading}*`]), ...lines.map(markdownLine)];
  const pieces: string[] = [];
  for (const line of all) {
    const joined = [...pieces.slice(-1), line].join('\n');
    if (joined.length <= limits.section) {
      pieces.splice(-1, 1, joined);
    } else {
      pieces.push(line);
    }
  }
  return pieces.filter((piece) => piece.trim() !== '');
}

/** An address is left out whole rather than cut. */
function markdownLine({ text, link }: Line): string {
  const linked = link === undefined ? '' : `<${escape(link.url)}|${escape(link.text)}>`;
  const words = cutEscaped(text, limits.section);
  const both = [words, linked].filter((each) => each !== '').join(' ');
  return both.length <= limits.section ? both : words || escape(link?.text ?? '');
}

/** Slack’s three: nothing that anybody publishes may become a mention or a link. */
const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Escaped text is longer: what is cut is the text before it, until both fit. */
function cutEscaped(text: string, limit: number): string {
  const escaped = escape(text);
  return escaped.length <= limit ? escaped : escape(cut(text, Math.floor(limit / 5)));
}
