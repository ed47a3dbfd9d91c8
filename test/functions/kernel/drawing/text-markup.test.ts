import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  escapeMarkup,
  hasEmoji,
  lineMarkup,
  type TextStyle,
} from '../../../../functions/kernel/drawing/text-markup.ts';

const style: TextStyle = {
  families: ['Face', 'Arabic', 'Pictures'],
  emojiFamily: 'Pictures',
  weight: 700,
  size: 40,
  letterSpacing: 4,
};

describe('lineMarkup', () => {
  it('keeps what people write from being markup', () => {
    expect(lineMarkup('<b>&"\'</b>', style)).toContain('>&lt;b&gt;&amp;&quot;&#39;&lt;/b&gt;</span>');
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(escapeMarkup(text)).not.toMatch(/[<>"']|&(?!amp;|lt;|gt;|quot;|#39;)/u);
      }),
    );
  });

  it('sets emoji in the emoji face first, and everything else in the face', () => {
    expect(lineMarkup('A ❤️', style)).toMatch(
      /^<span font_family="Face,Arabic,Pictures"[^>]*>A <\/span><span font_family="Pictures,Face,Arabic"[^>]*>❤️<\/span>$/u,
    );
  });

  it('gives size and spacing in 1024ths of a pixel', () => {
    expect(lineMarkup('A', style)).toContain('weight="700" size="40960" letter_spacing="4096"');
  });

  it('does not tear joined letters apart', () => {
    expect(lineMarkup('مرحبا', style)).toContain('letter_spacing="0"');
  });
});

describe('hasEmoji', () => {
  it.each([
    ['👍', true],
    ['❤️', true],
    ['❤︎', false],
    ['🇮🇸', true],
    ['1️⃣', true],
    ['1 © ™ ❤ #', false],
    ['漢字', false],
  ])('is right about %s', (text, expected) => {
    expect(hasEmoji(text)).toBe(expected);
  });
});
