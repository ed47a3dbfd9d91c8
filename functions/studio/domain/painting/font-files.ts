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

/** Of a font's stack the files that a text needs: its own face always; of the others those that are the first to have a character. */
export function neededFiles(
  stack: readonly string[],
  coverageOf: (file: string) => Coverage | undefined,
  text: string,
): string[] {
  const needed = new Set(stack.slice(0, 1));
  for (const character of graphemes(text)) {
    const file = stack.find((each) => {
      const coverage = coverageOf(each);
      return (
        coverage !== undefined &&
        Array.from(withoutShaping(character)).every((point) => covers(coverage, point.codePointAt(0) ?? 0))
      );
    });
    if (file !== undefined) {
      needed.add(file);
    }
  }
  // In the stack's order: the first that has a character lends it.
  return stack.filter((file) => needed.has(file));
}
