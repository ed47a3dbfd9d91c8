import { isInside, type Box, type Point } from './box.ts';
import type { LayerBox } from './layer-boxes.ts';

interface Hit {
  readonly boxes: readonly LayerBox[];
  /** Upright, before the caption is turned; undefined where it is not known. */
  readonly lettersOf: (box: LayerBox) => Box | undefined;
  /** Whether it is seen now. */
  readonly isSeen: (box: LayerBox) => boolean;
  /** How far beside a layer still counts: fingers are not as exact as a mouse. */
  readonly reach: number;
}

/** What is meant by a point of the canvas: letters and pictures before the room around letters, what lies in front before what lies behind. */
export function hitLayer(point: Point, { boxes, lettersOf, isSeen, reach }: Hit): LayerBox | undefined {
  const seen = boxes.filter(isSeen).toReversed();
  const isOn = (each: LayerBox): boolean => {
    const box = each.layer.kind === 'caption' && !each.isEmpty ? lettersOf(each) : each.box;
    return box !== undefined && isInside(point, { box, rotate: each.rotate }, each.isEmpty ? 0 : reach);
  };
  return seen.find(isOn) ?? seen.find((each) => isInside(point, each));
}
