import type { PhotoLayer } from '../../contracts/campaign.ts';
import type { FocalPoint } from '../../kernel/drawing/crop.ts';

/** The focal point that a layer names itself; undefined when it is to be found in the photo. */
export function givenFocus(focus: PhotoLayer['focus']): FocalPoint | undefined {
  if (focus === 'attention') {
    return undefined;
  }
  return focus === 'centre' ? { x: 0.5, y: 0.5 } : focus;
}
