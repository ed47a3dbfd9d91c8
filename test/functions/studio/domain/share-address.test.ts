import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HttpProblem } from '../../../../functions/kernel/http-problem.ts';
import { makePlan } from '../../../../functions/studio/domain/make-plan.ts';
import {
  parseShareAddress,
  recipeOfShared,
  shareAddress,
  sharedOf,
  type SharedImage,
} from '../../../../functions/studio/domain/share-address.ts';
import { knownInputs, recipeOf } from './recipes.ts';

/** As a browser sends it. */
function visit(address: string): SharedImage & { readonly signature: string | undefined } {
  const { pathname, searchParams } = new URL(address, 'https://example.com');
  return parseShareAddress(pathname, Object.fromEntries(searchParams));
}

const images: fc.Arbitrary<SharedImage> = fc.record({
  template: fc.constantFrom('two-boxes', 'doge', 'a-1'),
  lines: fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }), { maxLength: 4 }),
  format: fc.constantFrom('png' as const, 'jpeg' as const, 'webp' as const, 'gif' as const, 'mp4' as const),
  options: fc.record(
    {
      font: fc.constantFrom('anton', 'bangers'),
      colour: fc.constantFrom('#ff8800', '#ff880080'),
      caps: fc.boolean(),
      width: fc.integer({ min: 16, max: 4096 }),
      quality: fc.integer({ min: 1, max: 100 }),
      at: fc.integer({ min: 0, max: 600_000 }),
      campaign: fc.constantFrom('spring-sale', '2027'),
      expires: fc.integer({ min: 0, max: 99_999_999_999 }),
    },
    { requiredKeys: [] },
  ),
});

const withoutTrailingBlanks = (lines: readonly string[]): string[] =>
  lines.slice(0, lines.findLastIndex((line) => line.trim() !== '') + 1);

describe('an address of a meme', () => {
  it('names the template, its lines, the format and how it looks', () => {
    expect(visit('/studio/images/two-boxes/one_does-not/simply~q.jpg?font=anton&width=600&caps=1')).toEqual({
      template: 'two-boxes',
      lines: ['one does not', 'simply?'],
      format: 'jpeg',
      options: { font: 'anton', width: 600, caps: true },
      signature: undefined,
    });
  });

  it('is a recipe, which can be planned', () => {
    const recipe = recipeOfShared(visit('/studio/images/two-boxes/_/<b>%26_hi.png?colour=FF8800'));
    expect(recipe.captions).toMatchObject([{ text: '<b>& hi', place: { slot: 1 }, colour: '#ff8800' }]);
    const plan = makePlan(recipe, knownInputs());
    expect(plan.layers).toMatchObject([{ text: '<B>& HI', font: 'anton', colour: '#ff8800' }]);
  });

  it('shows the first moment of what moves as png and jpg, unless it says another', () => {
    const momentOf = (address: string) => recipeOfShared(visit(address)).output.stillAtMs;
    expect(momentOf('/studio/images/x.png')).toBe(0);
    expect(momentOf('/studio/images/x.jpg?at=250')).toBe(250);
    expect(momentOf('/studio/images/x.webp')).toBeUndefined();
    expect(momentOf('/studio/images/x.webp?at=0')).toBe(0);
  });

  it('is understood as well when a gateway has undone its percent-encoding', () => {
    const address = shareAddress({ template: 'x', lines: ['50% é 👍/?', '%41'], format: 'gif', options: {} });
    expect(parseShareAddress(decodeURIComponent(address), {}).lines).toEqual(['50% é 👍/?', '%41']);
  });

  it.each([
    ['/studio/images/x', 'The address ends in .png, jpg, webp, gif or mp4.'],
    ['/studio/images/x/a.tiff', 'The address ends in .png, jpg, webp, gif or mp4.'],
    ['/studio/images/x/a.constructor', 'The address ends in .png, jpg, webp, gif or mp4.'],
    [
      '/studio/images/x.png?size=9',
      'There is no option size; there is font, colour, caps, width, quality, at, expires, campaign or signature.',
    ],
    ['/studio/images/x.png?width=9.5', 'width is a whole number.'],
    ['/studio/images/x.png?width=-9', 'width is a whole number.'],
    [
      '/studio/images/x.png?colour=red',
      'A colour is six or eight hexadecimal digits, such as colour=ff8800.',
    ],
    ['/studio/images/x.png?caps=yes', 'caps is 1 or 0.'],
    [
      '/studio/images/x.png?campaign=Sale!',
      'A campaign is named with lower-case letters, digits and single hyphens.',
    ],
    ['/studio/images/x/%ff.png', '%ff is not UTF-8.'],
  ])('is refused with the reason: %s', (address, why) => {
    expect(() => visit(address)).toThrow(new HttpProblem(422, 'invalid-address', why));
  });

  it.each([
    ['/studio/images/Two%20Boxes.png', '/source/template'],
    ['/studio/images/x.png?width=5', '/output/width'],
    [`/studio/images/x/${'a'.repeat(10_000)}.png`, '/captions/0/text'],
  ])('is no recipe when something in it cannot be: %#', (address, pointer) => {
    try {
      recipeOfShared(visit(address));
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(HttpProblem);
      expect(error).toMatchObject({ problem: { status: 422, errors: [{ pointer }] } });
    }
  });

  it('says the same again after a round trip, whatever the text', () => {
    fc.assert(
      fc.property(images, (image) => {
        const address = shareAddress(image);
        const { signature, ...again } = visit(address);
        expect(signature).toBeUndefined();
        expect(again.lines.map((line) => line.trim())).toEqual(
          withoutTrailingBlanks(image.lines).map((line) => line.toWellFormed().trim()),
        );
        expect({ ...again, lines: [] }).toEqual({ ...image, lines: [] });
        expect(shareAddress(again)).toBe(address);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('a recipe', () => {
  it('that an address can say has one, and the address has that recipe', () => {
    fc.assert(
      fc.property(images, (image) => {
        const { expires: _expires, campaign: _campaign, ...options } = image.options;
        const recipe = recipeOfShared({ ...image, options });
        const shared = sharedOf(recipe);
        if (recipe.captions.length === 0) {
          // Nothing is written, and so the letters' looks are not said.
          expect(shared?.lines).toEqual([]);
          return;
        }
        expect(shared && recipeOfShared(shared)).toEqual(recipe);
      }),
    );
  });

  it('with captions in the order of the boxes and no places has an address', () => {
    const recipe = recipeOf({
      source: { kind: 'template', template: 'two-boxes' },
      captions: [{ text: 'a b' }, { text: 'c_d' }],
      output: { format: 'png' },
    });
    const shared = sharedOf(recipe);
    expect(shared && shareAddress(shared)).toBe('/studio/images/two-boxes/a_b/c__d.png');
  });

  it.each([
    [{ source: { kind: 'colour', colour: '#000000', width: 9, height: 9 }, output: { format: 'png' } }],
    [{ source: { kind: 'template', template: 'x' }, output: { format: 'avif' } }],
    [{ source: { kind: 'template', template: 'x' }, looks: [{ look: 'sepia' }], output: { format: 'png' } }],
    [
      {
        source: { kind: 'template', template: 'x' },
        captions: [{ text: 'a', place: 'top' }],
        output: { format: 'png' },
      },
    ],
    [
      {
        source: { kind: 'template', template: 'x' },
        captions: [{ text: 'a', rotate: 5 }],
        output: { format: 'png' },
      },
    ],
    [
      {
        source: { kind: 'template', template: 'x' },
        captions: [{ text: 'a', colour: '#ff0000' }, { text: 'b' }],
        output: { format: 'png' },
      },
    ],
  ] as const)('that says more than an address can has none: %j', (input) => {
    expect(sharedOf(recipeOf(JSON.parse(JSON.stringify(input))))).toBeUndefined();
  });
});
