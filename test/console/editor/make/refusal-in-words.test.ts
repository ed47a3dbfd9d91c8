import { describe, expect, it } from 'vitest';
import { refusalInWords } from '../../../../console/src/editor/make/refusal-in-words.ts';
import type { RecipeInput } from '../../../../functions/contracts/recipe.ts';
import { HttpProblem } from '../../../../functions/kernel/http-problem.ts';
import { makePlan } from '../../../../functions/studio/domain/make-plan.ts';
import type { ProbedSource } from '../../../../functions/studio/domain/ports.ts';
import { readRecipe } from '../../../../functions/studio/domain/read-recipe.ts';

const still = (kind: ProbedSource['kind']): ProbedSource => ({
  kind,
  contentType: 'image/png',
  width: 400,
  height: 300,
  delaysMs: kind === 'still' ? [] : [500, 500],
  durationMs: kind === 'still' ? 0 : 1000,
  hasTransparency: false,
  audio: undefined,
  colour: '8 bits, sRGB',
  bytes: 1000,
});

/** What the service says to a recipe, and what people read of it. */
function said(recipe: unknown): readonly { readonly pointer: string; readonly words: string }[] {
  try {
    makePlan(readRecipe(recipe), {
      probes: new Map([
        ['upload:01J00000000000000000000000', still('still')],
        ['upload:01J00000000000000000000001', still('animation')],
      ]),
      templates: new Map(),
      fonts: new Set(['anton', 'lora']),
    });
  } catch (error) {
    if (error instanceof HttpProblem && error.problem.errors !== undefined) {
      return error.problem.errors.map((refusal) => ({
        pointer: refusal.pointer,
        words: refusalInWords(refusal),
      }));
    }
    throw error;
  }
  throw new Error('the recipe was not refused');
}

const plain: RecipeInput = {
  source: { kind: 'colour', colour: '#ffffff', width: 400, height: 300 },
  output: { format: 'png' },
};
const lasting: RecipeInput = {
  source: { kind: 'colour', colour: '#ffffff', width: 400, height: 300, durationMs: 1000 },
  output: { format: 'gif' },
};
const box = { left: 0, top: 0, width: 0.5, height: 0.5 };

describe('what the service refuses', () => {
  it.each<[string, unknown, string, RegExp]>([
    [
      'too long a text',
      { ...plain, captions: [{ text: 'x'.repeat(501) }] },
      '/captions/0/text',
      /^500 characters are the most\.$/u,
    ],
    ['no text', { ...plain, captions: [{ text: '' }] }, '/captions/0/text', /^Write something here/u],
    [
      'too many texts',
      { ...plain, captions: Array.from({ length: 101 }, () => ({ text: 'x' })) },
      '/captions',
      /^100 texts are the most\.$/u,
    ],
    [
      'a fade without end',
      { ...plain, captions: [{ text: 'x', fadeMs: 60_000 }] },
      '/captions/0/fadeMs',
      /^10 s is the most\.$/u,
    ],
    [
      'few bytes',
      { ...plain, output: { format: 'png', maxBytes: 2 } },
      '/output/maxBytes',
      /^1 kB is the least\.$/u,
    ],
    [
      'quality 0',
      { ...plain, output: { format: 'png', quality: 0 } },
      '/output/quality',
      /^1 is the least\.$/u,
    ],
    [
      'half a pixel',
      { ...plain, output: { format: 'png', width: 20.5 } },
      '/output/width',
      /^Give a whole number\.$/u,
    ],
    [
      'no colour',
      { ...plain, captions: [{ text: 'x', colour: 'red' }] },
      '/captions/0/colour',
      /^Give a colour such as #1a2b3c/u,
    ],
    [
      'an unknown format',
      { ...plain, output: { format: 'bmp' } },
      '/output/format',
      /^Choose one of those that are offered\.$/u,
    ],
    ['an unknown key', { ...plain, sauce: 1 }, '/sauce', /does not know what “sauce” is/u],
    [
      'an end before the beginning',
      { ...lasting, captions: [{ text: 'x', fromMs: 600, toMs: 400 }] },
      '/captions/0/toMs',
      /^It must end after it begins, at 0\.6 s\.$/u,
    ],
    [
      'a slide in no time',
      { ...lasting, captions: [{ text: 'x', slide: 'up' }] },
      '/captions/0/fadeMs',
      /^Sliding in takes time/u,
    ],
    [
      'a text beside the picture',
      { ...plain, captions: [{ text: 'x', place: { ...box, left: 1.5 } }] },
      '/captions/0/place',
      /^The text lies outside of the picture\. Move it back in\.$/u,
    ],
    [
      'a file that is gone',
      { ...plain, source: { kind: 'upload', upload: '01J0000000000000000000000Z' } },
      '/source/upload',
      /does not have this file any more/u,
    ],
    [
      'a template that is gone',
      { ...plain, source: { kind: 'template', template: 'none' } },
      '/source/template',
      /^This template is not there any more/u,
    ],
    [
      'a font that is gone',
      { ...plain, captions: [{ text: 'x', font: 'comic-sans' }] },
      '/captions/0/font',
      /^This font is not there\. Choose anton or lora\.$/u,
    ],
    [
      'a still of what moves',
      { ...plain, source: { kind: 'upload', upload: '01J00000000000000000000001' } },
      '/output/stillAtMs',
      /^This moves, and PNG shows one moment only\. Choose GIF/u,
    ],
    [
      'a moment of what does not move',
      { ...plain, output: { format: 'png', stillAtMs: 500 } },
      '/output/stillAtMs',
      /^Nothing moves in it/u,
    ],
    [
      'transparency in a JPEG',
      { ...plain, source: { ...plain.source, colour: '#ffffff00' }, output: { format: 'jpeg' } },
      '/source/colour',
      /^This leaves transparent parts, which JPEG cannot have/u,
    ],
    [
      'a crop of too much',
      { ...plain, geometry: [{ op: 'crop', to: { ...box, left: 0.8 } }] },
      '/geometry/0/to',
      /^The crop reaches outside of the picture\.$/u,
    ],
  ])('is said in the words of who sees controls: %s', (_what, recipe, pointer, words) => {
    const refusals = said(recipe);
    expect(refusals.map((each) => each.pointer)).toContain(pointer);
    expect(refusals.find((each) => each.pointer === pointer)?.words).toMatch(words);
    // Nobody who has not read the recipe's schema knows its keys.
    expect(refusals.map((each) => each.words).join(' ')).not.toMatch(
      /[a-z](?:Ms|Bytes|Size)\b|expected|GET \//u,
    );
  });

  it('is left as it is where it is said for people already', () => {
    const detail = 'HEIC pictures are not supported: send JPEG, PNG, WebP or AVIF.';
    expect(refusalInWords({ pointer: '/source/upload', detail })).toBe(detail);
  });
});
