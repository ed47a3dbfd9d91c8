import type { Campaign, PublishedCampaign, Slot, TextLayer } from '../../functions/contracts/campaign.ts';
import { PermanentError } from '../../functions/kernel/errors.ts';
import { drawText } from '../../functions/kernel/sharp/draw-text.ts';
import type { FontStack } from '../../functions/kernel/sharp/shape-text.ts';
import { covers } from '../../functions/kernel/drawing/coverage.ts';
import { layerText, slotsIn } from '../../functions/personalise/domain/layer-text.ts';
import { normaliseSlotText, problemsOfSlotText } from '../../functions/personalise/domain/slot-text.ts';
import { type CampaignProblem, pointerTo } from './problem.ts';

type Checked = Omit<Campaign, 'slots'> & { readonly slots: PublishedCampaign['slots'] };

/** The widest characters, in case the first are not in the font. */
const widestLetters = ['😀', 'W', 'w', 'Щ', 'Ω', 'ش', 'ש', '漢', 'ก'];

/**
 * What is wrong with texts once they are drawn: an example that people could not write themselves; a slot whose longest text, in its widest
 * letter, finds no room, so that people would learn it only after their upload.
 */
export async function checkTexts(
  campaign: Checked,
  stacks: ReadonlyMap<string, FontStack>,
): Promise<CampaignProblem[]> {
  const problems: CampaignProblem[] = campaign.slots.flatMap((slot, index) =>
    problemsOfSlotText(normaliseSlotText(slot.example), slot).map((detail) => ({
      pointer: pointerTo('slots', index, 'example'),
      detail,
    })),
  );
  for (const [variantIndex, { layers }] of campaign.variants.entries()) {
    for (const [layerIndex, layer] of layers.entries()) {
      if (layer.type === 'text' && !(await fitsAtWorst(layer, campaign, stacks))) {
        const slots = slotsIn(layer.text).map((slot) => `“${slot}”`);
        problems.push({
          pointer: pointerTo('variants', variantIndex, 'layers', layerIndex, 'box'),
          detail:
            slots.length === 0
              ? 'The text does not fit its box at minSize.'
              : `The longest text of ${slots.join(' and ')}, in the widest letter, does not fit the box at minSize: give it more room, more lines, a smaller minSize or the slot a smaller maxLength.`,
        });
      }
    }
  }
  return problems;
}

async function fitsAtWorst(
  layer: TextLayer,
  { slots }: Checked,
  stacks: ReadonlyMap<string, FontStack>,
): Promise<boolean> {
  const stack = stacks.get(layer.font);
  if (stack === undefined) {
    return true;
  }
  const longest = Object.fromEntries(slots.map((slot) => [slot.id, widestText(slot)]));
  try {
    await drawText(layer, layerText(layer, longest), stack);
    return true;
  } catch (error) {
    if (error instanceof PermanentError && error.code === 'text-does-not-fit') {
      return false;
    }
    throw error;
  }
}

/** The widest text of the longest length that a slot allows. */
function widestText({
  maxLength,
  coverage,
  example,
}: Slot & Pick<PublishedCampaign['slots'][number], 'coverage'>): string {
  const letter =
    widestLetters.find((each) => covers(coverage, each.codePointAt(0) ?? 0)) ?? example.slice(0, 1);
  return letter.repeat(maxLength);
}
