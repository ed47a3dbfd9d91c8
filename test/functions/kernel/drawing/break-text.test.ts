import { describe, expect, it } from 'vitest';
import { breakAnywhere, breakText, joinPieces } from '../../../../functions/kernel/drawing/break-text.ts';

const parts = (text: string): string[] => breakText(text).map((piece) => piece.text);

describe('breakText', () => {
  it.each([
    ['words', 'Noor van der Berg', ['Noor', 'van', 'der', 'Berg']],
    ['double names after their hyphen', 'Anna-Maria Al-Amin', ['Anna-', 'Maria', 'Al-', 'Amin']],
    ['ideographs, keeping punctuation with what it closes', '東京、「日本」', ['東', '京、', '「日', '本」']],
    ['small kana with what they follow', 'きょう', ['きょ', 'う']],
    ['emoji, whole', '👨‍👩‍👧‍👦🇮🇸❤️', ['👨‍👩‍👧‍👦', '🇮🇸', '❤️']],
    ['Thai by its words', 'สวัสดีชาวโลก', ['สวัสดี', 'ชาว', 'โลก']],
    ['Arabic at spaces only', 'مرحبا بالعالم', ['مرحبا', 'بالعالم']],
    ['a hyphen that begins a word stays with it', '-5 °C', ['-5', '°C']],
  ])('cuts %s', (_what, text, expected) => {
    expect(parts(text)).toEqual(expected);
  });

  it('can be undone', () => {
    for (const text of ['Noor van der Berg', 'Anna-Maria', '東京 日本', 'a 👋 b']) {
      expect(joinPieces(breakText(text))).toBe(text);
      expect(joinPieces(breakAnywhere(text))).toBe(text);
    }
  });
});

describe('breakAnywhere', () => {
  it('cuts between characters as people count them', () => {
    expect(breakAnywhere('né 🇮🇸')).toEqual([
      { text: 'n', spaced: false },
      { text: 'é', spaced: false },
      { text: '🇮🇸', spaced: true },
    ]);
  });
});
