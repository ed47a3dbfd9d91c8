import { withoutNeedlessAlpha } from '../../../kernel/drawing/channels.ts';
import type { PlacedPicture } from '../../../kernel/drawing/paint-text.ts';
import { rotatePicture } from './rotate-picture.ts';

const nothing = { red: 0, green: 0, blue: 0, alpha: 0 };

/** A placed picture turned clockwise about a point of the canvas, which need not be its middle. */
export function rotatePlaced(
  placed: PlacedPicture,
  degrees: number,
  about: { readonly x: number; readonly y: number },
): PlacedPicture {
  if (degrees % 360 === 0) {
    return placed;
  }
  const { picture } = placed;
  const radians = (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(radians), Math.sin(radians)];
  const width = Math.ceil(Math.abs(picture.width * cos) + Math.abs(picture.height * sin) - 1e-6);
  const height = Math.ceil(Math.abs(picture.width * sin) + Math.abs(picture.height * cos) - 1e-6);
  const dx = placed.left + picture.width / 2 - about.x;
  const dy = placed.top + picture.height / 2 - about.y;
  return {
    picture: withoutNeedlessAlpha(rotatePicture(picture, degrees, { width, height }, nothing)),
    left: Math.round(about.x + cos * dx - sin * dy - width / 2),
    top: Math.round(about.y + sin * dx + cos * dy - height / 2),
  };
}
