import type { Campaign, TextLayer } from '../../functions/contracts/campaign.ts';
import type { Coverage } from '../../functions/contracts/coverage.ts';
import { slotsIn } from '../../functions/personalise/domain/layer-text.ts';
import { toCoverage } from '../../functions/kernel/drawing/coverage.ts';
import { upperCase } from '../../functions/kernel/drawing/upper-case.ts';

export interface SlotCoverage {
  readonly coverage: Coverage;
  /** Whether every layer that draws the slot draws it in capitals. */
  readonly upperCased: boolean;
}

/** Lower-case letters are all below this. */
const endOfCasedScripts = 0x1f000;
let lowerCaseLetters: readonly number[] | undefined;

/**
 * What people may write in a slot: the characters that the font stack of every layer that draws it can draw, as capitals where the layer draws
 * capitals. `characters` has the code points that each font's stack covers, by the font's id.
 */
export function slotCoverage(
  slot: string,
  { variants }: Pick<Campaign, 'variants'>,
  characters: ReadonlyMap<string, ReadonlySet<number>>,
): SlotCoverage {
  const layers = variants
    .flatMap((variant) => variant.layers)
    .filter((layer): layer is TextLayer => layer.type === 'text' && slotsIn(layer.text).includes(slot));
  const uses = new Map(layers.map((layer) => [`${layer.font} ${layer.upperCase}`, layer]));
  let drawable: Set<number> | undefined;
  for (const { font, upperCase: capitals } of uses.values()) {
    const stack = characters.get(font) ?? new Set();
    const here = capitals ? drawableAsCapitals(stack) : new Set(stack);
    drawable = drawable === undefined ? here : new Set([...drawable].filter((each) => here.has(each)));
  }
  return {
    coverage: toCoverage(drawable ?? []),
    upperCased: layers.length > 0 && layers.every((layer) => layer.upperCase),
  };
}

function drawableAsCapitals(stack: ReadonlySet<number>): Set<number> {
  lowerCaseLetters ??= Array.from({ length: endOfCasedScripts }, (_, codePoint) => codePoint).filter(
    (codePoint) => /\p{Changes_When_Uppercased}/u.test(String.fromCodePoint(codePoint)),
  );
  return new Set(
    [...stack, ...lowerCaseLetters].filter((codePoint) =>
      Array.from(upperCase(String.fromCodePoint(codePoint))).every((capital) =>
        stack.has(capital.codePointAt(0) ?? 0),
      ),
    ),
  );
}
