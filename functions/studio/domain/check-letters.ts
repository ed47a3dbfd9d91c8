import type { StudioIndex } from '../../contracts/template.ts';
import { covers } from '../../kernel/drawing/coverage.ts';
import { namedCharacters, undrawableIn } from '../../kernel/drawing/written-text.ts';
import type { Plan } from './plan.ts';
import { Refusals } from './refusals.ts';

/**
 * Refuses captions with characters that no font has: they would be drawn as empty boxes.
 *
 * @throws HttpProblem 422 `invalid-recipe`, naming them
 */
export function checkLetters({ layers }: Plan, { fonts, fontFiles }: StudioIndex): void {
  const refusals = new Refusals();
  for (const layer of layers) {
    if (layer.kind === 'caption') {
      const stack = new Set(fonts.find(({ id }) => id === layer.font)?.files);
      const coverages = fontFiles.filter(({ file }) => stack.has(file)).map(({ coverage }) => coverage);
      const missing = undrawableIn(layer.text, (character) =>
        coverages.some((coverage) => covers(coverage, character.codePointAt(0) ?? 0)),
      );
      if (missing.length > 0) {
        refusals.add(
          `/captions/${layer.index}/text`,
          `${namedCharacters(missing)} cannot be drawn: no font here has it.`,
        );
      }
    }
  }
  refusals.throwIfAny();
}
