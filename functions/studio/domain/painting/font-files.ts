import type { Coverage } from '../../../contracts/coverage.ts';
import type { PublishedFont } from '../../../contracts/template.ts';
import { covers } from '../../../kernel/drawing/coverage.ts';
import { graphemes } from '../../../kernel/drawing/graphemes.ts';
import { withoutShaping } from '../../../kernel/drawing/written-text.ts';
import type { CaptionSetting } from './set-caption.ts';

/** In ems: how far lines are apart, and how wide an outline suits letters that lie on a picture. */
export const captionSettings: Readonly<Record<PublishedFont['style'], CaptionSetting>> = {
  condensed: { lineHeight: 1.15, outlineWidth: 0.07 },
  sans: { lineHeight: 1.2, outlineWidth: 0.06 },
  comic: { lineHeight: 1.2, outlineWidth: 0.06 },
  serif: { lineHeight: 1.2, outlineWidth: 0.05 },
  monospace: { lineHeight: 1.2, outlineWidth: 0.05 },
  handwriting: { lineHeight: 1.15, outlineWidth: 0.05 },
};

/** Of a stack the first file that has a character, as people count them; what only chooses how it looks need not be in it. */
export function fileWith(
  stack: readonly string[],
  coverageOf: (file: string) => Coverage | undefined,
  character: string,
): string | undefined {
  const points = Array.from(withoutShaping(character), (point) => point.codePointAt(0) ?? 0);
  return stack.find((file) => {
    const coverage = coverageOf(file);
    return coverage !== undefined && points.every((point) => covers(coverage, point));
  });
}

/** Of a font's stack the files that a text needs: its own face always; of the others those that are the first to have a character. */
export function neededFiles(
  stack: readonly string[],
  coverageOf: (file: string) => Coverage | undefined,
  text: string,
): string[] {
  const needed = new Set(stack.slice(0, 1));
  for (const character of graphemes(text)) {
    const file = fileWith(stack, coverageOf, character);
    if (file !== undefined) {
      needed.add(file);
    }
  }
  // In the stack's order: the first that has a character lends it.
  return stack.filter((file) => needed.has(file));
}
