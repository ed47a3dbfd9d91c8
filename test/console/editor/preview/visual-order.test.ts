import { describe, expect, it } from 'vitest';
import { cutLine } from '../../../../console/src/editor/preview/text/cut-line.ts';
import type { Face } from '../../../../console/src/editor/preview/text/face.ts';
import { inVisualOrder } from '../../../../console/src/editor/preview/text/visual-order.ts';

const face: Face = { family: 'letters', capHeight: 0.7, coloured: false, hasContext: false };
const pictures: Face = { ...face, family: 'pictures', coloured: true };
const handwriting: Face = { ...face, family: 'handwriting', hasContext: true };

const seen = (line: string): string =>
  inVisualOrder(cutLine(line, () => face))
    .map(({ cut }) => cut.text)
    .join('');

describe('a line from left to right', () => {
  it('of letters and digits stays as it is written', () => {
    expect(seen('only 42 (or so)')).toBe('only 42 (or so)');
  });

  it('of Hebrew is turned', () => {
    expect(seen('אבג')).toBe('גבא');
  });

  it('of Hebrew with a number keeps the number', () => {
    expect(seen('אב 42 גד')).toBe('דג 42 בא');
  });

  it('of English with a word of Hebrew turns the word', () => {
    expect(seen('say אבג twice')).toBe('say גבא twice');
  });

  it('says what is written next in the same direction, for kerning', () => {
    const [first, second] = inVisualOrder(cutLine('אב', () => face));
    expect([first?.cut.text, first?.next]).toEqual(['ב', undefined]);
    expect([second?.cut.text, second?.next?.text]).toEqual(['א', 'ב']);
  });
});

describe('the parts of a line', () => {
  const texts = (line: string, faceOf: (character: string) => Face): string[] =>
    cutLine(line, faceOf).map(({ text }) => text);

  it('are its characters, an accent with its letter', () => {
    expect(texts('e\u{301}a b', () => face)).toEqual(['e\u{301}', 'a', ' ', 'b']);
  });

  it('are words where letters join or depend on their neighbours', () => {
    expect(texts('مرحبا بك', () => face)).toEqual(['مرحبا', ' ', 'بك']);
    expect(texts('hand made', () => handwriting)).toEqual(['hand', ' ', 'made']);
  });

  it('never grow together, as they do not in captions', () => {
    expect(texts('office', () => handwriting)).toEqual(['of\u{200C}f\u{200C}ice']);
  });

  it('are pictures by themselves in the face that has them', () => {
    const cuts = cutLine('a🎉b', (character) => (character === '🎉' ? pictures : face));
    expect(cuts.map(({ text, face: { family } }) => [text, family])).toEqual([
      ['a', 'letters'],
      ['🎉', 'pictures'],
      ['b', 'letters'],
    ]);
  });
});
