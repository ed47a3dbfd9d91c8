import type { TemplateView } from '../../../../functions/contracts/studio-library.ts';
import { usualCaption } from '../../../../functions/studio/domain/usual-caption.ts';
import type { CaptionInput } from './document.ts';

type Slots = TemplateView['captions'];

/** What a caption looks like in effect: what it says itself, or else its box of the template, or else what is usual. Lengths as in the recipe. */
export interface CaptionLook {
  readonly font: string;
  readonly minSize: number;
  /** Undefined: as large as fits. */
  readonly maxSize: number | undefined;
  readonly maxLines: number;
  readonly align: 'left' | 'centre' | 'right';
  readonly verticalAlign: 'top' | 'middle' | 'bottom';
  readonly colour: string;
  /** Undefined: what suits the font. */
  readonly outline: { readonly width: number; readonly colour: string } | undefined;
  readonly upperCase: boolean;
  readonly rotate: number;
}

export const slotOf = ({ place }: CaptionInput, slots: Slots): Slots[number] | undefined =>
  typeof place === 'object' && 'slot' in place ? slots[place.slot] : undefined;

/** The rules of the plan, said for the controls. */
export function captionLook(caption: CaptionInput, slots: Slots): CaptionLook {
  const slot = slotOf(caption, slots);
  const minSize =
    caption.minSize ?? Math.min(slot?.minSize ?? usualCaption.minSize, caption.maxSize ?? Infinity);
  const outline = caption.outline ?? (slot && (slot.outline ?? { width: 0 }));
  return {
    font: caption.font ?? slot?.font ?? usualCaption.font,
    minSize,
    maxSize: caption.maxSize ?? (slot && Math.max(slot.maxSize, minSize)),
    maxLines: caption.maxLines ?? slot?.maxLines ?? usualCaption.maxLines,
    align: caption.align ?? slot?.align ?? usualCaption.align,
    verticalAlign:
      caption.verticalAlign ??
      slot?.verticalAlign ??
      (caption.place === 'bottom'
        ? 'bottom'
        : caption.place === 'top' || caption.place === undefined
          ? 'top'
          : 'middle'),
    colour: caption.colour ?? slot?.colour ?? usualCaption.colour,
    outline: outline && { width: outline.width ?? 4, colour: outline.colour ?? '#000000' },
    upperCase: caption.upperCase ?? slot?.upperCase ?? usualCaption.upperCase,
    rotate: caption.rotate ?? slot?.rotate ?? usualCaption.rotate,
  };
}

/** Whether its letters have one size, and are not fitted. */
export const isFixed = ({ minSize, maxSize }: CaptionLook): boolean => minSize === maxSize;

/**
 * The caption in a box of its own, looking as it did: what the template or the place decided until now, it says itself where that differs from what is usual.
 *
 * @param box fractions of the picture
 */
export function captionInBox(
  caption: CaptionInput,
  slots: Slots,
  box: Extract<CaptionInput['place'], { readonly left: number }>,
): CaptionInput {
  const look = captionLook(caption, slots);
  const isUsual = (
    key: 'font' | 'minSize' | 'maxLines' | 'align' | 'colour' | 'upperCase' | 'rotate',
  ): boolean => caption[key] === undefined && look[key] === usualCaption[key];
  return {
    ...caption,
    place: box,
    font: isUsual('font') ? undefined : look.font,
    minSize: isUsual('minSize') ? undefined : look.minSize,
    maxSize: look.maxSize,
    maxLines: isUsual('maxLines') ? undefined : look.maxLines,
    align: isUsual('align') ? undefined : look.align,
    verticalAlign:
      look.verticalAlign === 'middle' && caption.verticalAlign === undefined ? undefined : look.verticalAlign,
    colour: isUsual('colour') ? undefined : look.colour,
    outline: look.outline,
    upperCase: isUsual('upperCase') ? undefined : look.upperCase,
    rotate: isUsual('rotate') ? undefined : look.rotate,
  };
}

/** Says of each caption where it is, so that taking one away does not move the others. */
export const pinnedPlaces = (captions: readonly CaptionInput[], slots: Slots): CaptionInput[] =>
  captions.map((caption, index) =>
    caption.place === undefined
      ? { ...caption, place: slots[index] === undefined ? 'top' : { slot: index } }
      : caption,
  );
