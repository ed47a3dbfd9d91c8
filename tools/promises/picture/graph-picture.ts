import type { PromiseDocument } from '../../../functions/contracts/promise.ts';
import { edgesOf } from '../../../lib/promises/graph.ts';
import { type Card, headHeight, inset, rowHeight, type } from './cards.ts';
import { layOut, type PlacedCard, type PlacedLink } from './layout.ts';
import { style } from './style.ts';
import { textWidth } from './text-width.ts';

const margin = 36;
const heading = { title: 20, height: 72 } as const;
const legend = { height: 56, sample: 34, gap: 10, between: 32 } as const;
const title = 'What depends on what';
const subtitle = 'A line leads from a service to a promise or a provider that it depends on.';

/** docs/promises/graph.svg: services with their promises, providers, and what depends on what. Light or dark, as the reader has it. */
export function graphPicture(documents: readonly PromiseDocument[]): string {
  const layout = layOut(documents);
  const key = legendOf();
  const inner = Math.max(layout.width, key.width, textWidth(subtitle, type.text));
  const width = 2 * margin + inner;
  const height = 2 * margin + heading.height + layout.height + legend.height;
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title description">`,
    `<title id="title">${title}</title>`,
    `<desc id="description">${escaped(inWords(documents))}</desc>`,
    `<style>${style}</style>`,
    ...(['needs', 'helped'] as const).map(
      (shape) =>
        `<marker id="${shape}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="10" markerHeight="10" markerUnits="userSpaceOnUse" orient="auto"><path class="arrow ${shape}" d="M0 1 L10 5 L0 9 Z"/></marker>`,
    ),
    `<rect class="page" width="${width}" height="${height}" rx="18"/>`,
    text(margin, margin + 18, heading.title, 'ink bold', title),
    text(margin, margin + 40, type.text, 'muted', subtitle),
    `<g transform="translate(${round(margin + (inner - layout.width) / 2)} ${margin + heading.height})">`,
    ...layout.links.toSorted(dashedFirst).map(lineOf),
    ...layout.cards.map(drawCard),
    '</g>',
    `<g transform="translate(${margin} ${height - margin})">`,
    ...key.drawing,
    '</g>',
    '</svg>',
  ].join('\n')}\n`;
}

function lineOf({ link, start, turn, end }: PlacedLink): string {
  const shape = shapeOf(link.hasAlternative);
  const isLast = link.to.card !== undefined;
  const middle = (turn.x + end.x) / 2;
  const path = `M${at(start.x, start.y)} H${round(turn.x)} C${at(middle, turn.y)} ${at(middle, end.y)} ${at(end.x, end.y)}`;
  const tooltip = link.edges.map(({ from, to }) => `${from} depends on ${to.id}`).join('; ');
  return `<path class="line ${shape}" d="${path}"${isLast ? ` marker-end="url(#${shape})"` : ''}><title>${escaped(tooltip)}</title></path>`;
}

function drawCard({ card, left, top, width }: PlacedCard): string {
  return [
    `<g transform="translate(${round(left)} ${round(top)})">`,
    `<rect class="card${card.isSinglePoint ? ' single' : ''}" width="${width}" height="${card.height}" rx="12"/>`,
    ...(card.kind === 'provider' ? providerTexts(card) : serviceTexts(card, width)),
    '</g>',
  ].join('\n');
}

function providerTexts({ title, subtitle, isSinglePoint }: Card): string[] {
  return [
    text(inset, 20, type.text, 'ink bold', title),
    text(inset, 37, type.text, isSinglePoint ? 'bad' : 'muted', subtitle),
  ];
}

function serviceTexts({ title, subtitle, rows }: Card, width: number): string[] {
  return [
    text(inset, 26, type.title, 'ink bold', title),
    text(inset, 45, type.text, 'muted', subtitle),
    ...rows.flatMap(({ promise, objective, isSinglePoint }, index) => {
      const top = headHeight + index * rowHeight;
      const baseline = top + rowHeight / 2 + 4.5;
      return [
        `<path class="rule" d="M1 ${top} H${width - 1}"/>`,
        text(inset, baseline, type.text, isSinglePoint ? 'bad' : 'ink', promise),
        text(width - inset, baseline, type.text, 'muted end', objective),
      ];
    }),
  ];
}

/** What lines and frames mean, in one row; its baseline is at 0. */
function legendOf(): { readonly drawing: readonly string[]; readonly width: number } {
  const entries = [
    ['no alternative: falls when that fails', sampleLine('needs')],
    ['has an alternative: goes on with less', sampleLine('helped')],
    [
      'single point of failure',
      `<rect class="card single" y="-15" width="${legend.sample}" height="20" rx="6"/>`,
    ],
  ] as const;
  const drawing: string[] = [];
  let left = 0;
  for (const [words, sample] of entries) {
    drawing.push(
      `<g transform="translate(${left} 0)">`,
      sample,
      text(legend.sample + legend.gap, 0, type.text, 'muted', words),
      '</g>',
    );
    left += legend.sample + legend.gap + textWidth(words, type.text) + legend.between;
  }
  return { drawing, width: left - legend.between };
}

function sampleLine(shape: 'needs' | 'helped'): string {
  return `<path class="line ${shape}" d="M0 -4.5 H${legend.sample}" marker-end="url(#${shape})"/>`;
}

/** For those who hear the picture. */
function inWords(documents: readonly PromiseDocument[]): string {
  return edgesOf(documents)
    .map(
      ({ from, to, dependency }) =>
        `${from} depends on ${to.id}${dependency.alternatives.length > 0 ? '' : ', without an alternative'}.`,
    )
    .join(' ');
}

function shapeOf(hasAlternative: boolean): 'needs' | 'helped' {
  return hasAlternative ? 'helped' : 'needs';
}

function dashedFirst({ link: one }: PlacedLink, { link: other }: PlacedLink): number {
  return Number(other.hasAlternative) - Number(one.hasAlternative);
}

function text(x: number, y: number, size: number, shape: string, words: string): string {
  return `<text class="${shape}" x="${round(x)}" y="${round(y)}" font-size="${size}">${escaped(words)}</text>`;
}

function at(x: number, y: number): string {
  return `${round(x)} ${round(y)}`;
}

/** To a tenth of a pixel: the same in every engine. */
function round(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}

function escaped(words: string): string {
  return words
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
