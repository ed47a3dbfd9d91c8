import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PublishedCampaign } from '../../../../functions/contracts/campaign.ts';
import type { Coverage } from '../../../../functions/contracts/coverage.ts';
import { checkSlots, normaliseSlotText } from '../../../../functions/personalise/domain/slot-text.ts';

const latin: Coverage = [
  [0x20, 0x7e],
  [0xa0, 0x17f],
];
const capitals: Coverage = [
  [0x20, 0x40],
  [0x41, 0x5a],
  [0xc0, 0xde],
];
const emoji: Coverage = [
  [0x20, 0x7e],
  [0x20e3, 0x20e3],
  [0x2600, 0x27bf],
  [0x1f000, 0x1faff],
  [0xe0020, 0xe007f],
];

type PublishedSlot = PublishedCampaign['slots'][number];

const slot = (over: Partial<PublishedSlot> = {}): PublishedSlot => ({
  id: 'name',
  label: 'Your name',
  example: 'Alex',
  required: true,
  maxLength: 20,
  coverage: latin,
  upperCased: false,
  ...over,
});

const campaign = (...slots: PublishedSlot[]): PublishedCampaign => ({
  id: 'vote',
  version: '0123456789abcdef',
  title: 'The vote',
  description: 'A campaign',
  opensAt: '2026-01-01T00:00:00Z',
  closesAt: '2027-01-01T00:00:00Z',
  limits: {
    maxBytes: 20_000_000,
    maxPixels: 50_000_000,
    minPixelsPerSide: 64,
    uploadsPerMinute: 10,
  },
  slots,
  variants: [],
});

const detailsOf = (text: string, over: Partial<PublishedSlot> = {}): string[] => {
  const check = checkSlots({ name: text }, campaign(slot(over)));
  return check.ok ? [] : check.problems.map(({ detail }) => detail);
};

describe('checkSlots', () => {
  it('answers the text to draw: composed, on one line, trimmed', () => {
    expect(checkSlots({ name: '  A\u0301gnes \n\t Þóra\u200B ' }, campaign(slot()))).toEqual({
      ok: true,
      slots: { name: 'Ágnes Þóra' },
    });
  });

  it('leaves out empty optional slots and keeps the order of the campaign', () => {
    const three = campaign(slot({ id: 'a' }), slot({ id: 'b', required: false }), slot({ id: 'c' }));
    const check = checkSlots({ c: 'C', b: '  ', a: 'A' }, three);
    expect(JSON.stringify(check)).toBe('{"ok":true,"slots":{"a":"A","c":"C"}}');
  });

  it('names what is required but missing, blank or invisible', () => {
    expect(checkSlots({}, campaign(slot()))).toEqual({
      ok: false,
      problems: [{ slot: 'name', detail: '“Your name” is required.' }],
    });
    expect(detailsOf(' \u3000 ')).toEqual(['“Your name” is required.']);
    expect(detailsOf('\u200D\uFE0F')).toEqual(['“Your name” is required.']);
  });

  it('names unknown slots and says which there are', () => {
    const check = checkSlots(
      { name: 'Alex', nmae: 'Alex' },
      campaign(slot(), slot({ id: 'city', required: false })),
    );
    expect(check).toEqual({
      ok: false,
      problems: [
        {
          slot: 'nmae',
          detail: 'The campaign “The vote” has no slot “nmae”. Its slots are “name”, “city”.',
        },
      ],
    });
  });

  it('does not take inherited properties for slots', () => {
    expect(checkSlots({}, campaign(slot({ id: 'constructor', required: false })))).toEqual({
      ok: true,
      slots: {},
    });
  });

  it('counts characters as people do', () => {
    expect(detailsOf('👨‍👩‍👧‍👦🇮🇸', { coverage: emoji, maxLength: 2 })).toEqual([]);
    expect(detailsOf('Alexandra', { maxLength: 8 })).toEqual([
      '“Your name” has 9 characters; at most 8 fit.',
    ]);
  });

  it('names the characters that the fonts cannot draw, one by one and once', () => {
    expect(detailsOf('漢字漢 Bo')).toEqual(["“漢”, “字” cannot be drawn in this campaign's font."]);
    expect(detailsOf('Bo 👨‍👩‍👧‍👦')).toEqual(["“👨‍👩‍👧‍👦” cannot be drawn in this campaign's font."]);
    expect(detailsOf('一二三四五六七八九十百千')).toEqual([
      "“一”, “二”, “三”, “四”, “五”, “六”, “七”, “八”, “九”, “十” and 2 more cannot be drawn in this campaign's font.",
    ]);
  });

  it('accepts emoji sequences, keycaps and flags where the stack has emoji', () => {
    for (const text of ['❤️', '👩🏽‍🚀', '1️⃣', '🇺🇦', '🏴󠁧󠁢󠁷󠁬󠁳󠁿', '🏳️‍🌈']) {
      expect(detailsOf(text, { coverage: emoji })).toEqual([]);
    }
  });

  it('judges the capitals where the text is drawn in capitals', () => {
    expect(detailsOf('straße', { coverage: capitals, upperCased: true })).toEqual([]);
    expect(detailsOf('straße', { coverage: capitals, upperCased: false })).toHaveLength(1);
    expect(detailsOf('ÿ', { coverage: capitals, upperCased: true })).toEqual([
      "“ÿ” cannot be drawn in this campaign's font.",
    ]);
  });

  it.each([
    ['control characters', 'A\u0007B', /control characters/u],
    ['direction overrides', 'abc\u202Edef', /direction of text/u],
    ['direction isolates', 'abc\u2067def', /direction of text/u],
    ['half a surrogate pair', 'A\uD83D', /well-formed/u],
    ['text hidden in tags', 'A\u{E0068}\u{E0069}', /invisible tag/u],
    ['towers of accents', `A${'\u0301\u0302'.repeat(20)}`, /too many accents/u],
  ])('refuses %s', (_what, text, detail) => {
    expect(detailsOf(text, { coverage: [[0, 0x10ffff]], maxLength: 100 })).toEqual([
      expect.stringMatching(detail),
    ]);
  });

  it('keeps joiners, which decide how Persian and emoji look', () => {
    const check = checkSlots({ name: 'می\u200Cخواهم' }, campaign(slot({ coverage: [[0x600, 0x6ff]] })));
    expect(check).toEqual({ ok: true, slots: { name: 'می\u200Cخواهم' } });
  });
});

describe('checkSlots, for any text', () => {
  const anyText = fc.string({ unit: 'binary', maxLength: 60 });
  const everything: Coverage = [[0, 0x10ffff]];

  it('accepts its own answer again unchanged', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const target = campaign(slot({ required: false, maxLength: 140, coverage: everything }));
        const first = checkSlots({ name: text }, target);
        fc.pre(first.ok);
        expect(checkSlots(first.slots, target)).toEqual(first);
      }),
    );
  });

  it('normalises once and for all, and composed or decomposed writing is the same text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const normal = normaliseSlotText(text);
        expect(normaliseSlotText(normal)).toBe(normal);
        expect(normaliseSlotText(text.normalize('NFD'))).toBe(normal);
      }),
    );
  });

  it('accepts only text whose every character is covered', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 20 }), (text) => {
        const check = checkSlots({ name: text }, campaign(slot({ required: false, maxLength: 140 })));
        const drawable =
          /^(?:[\p{Variation_Selector}\u0020-\u007E\u00A0-\u017F\u200C-\u200F\u061C\u180E]|\u034F)*$/u;
        if (check.ok) {
          expect(check.slots['name'] ?? '').toMatch(drawable);
        } else {
          expect(normaliseSlotText(text)).not.toMatch(drawable);
        }
      }),
    );
  });
});
