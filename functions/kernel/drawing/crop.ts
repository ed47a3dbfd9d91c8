export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A rectangle in pixels. */
export interface Box extends Size {
  readonly left: number;
  readonly top: number;
}

/** What stays in view, as fractions of the photo's width and height. */
export interface FocalPoint {
  readonly x: number;
  readonly y: number;
}

/** The factor by which a photo must be scaled to cover a box. */
export function coverScale(photo: Size, box: Size): number {
  return Math.max(box.width / photo.width, box.height / photo.height);
}

/** The largest part of the photo that has the shape of the box, with the focal point as near to its middle as the edges allow. */
export function cropToCover(photo: Size, box: Size, focus: FocalPoint): Box {
  const scale = coverScale(photo, box);
  const width = clamp(Math.round(box.width / scale), 1, photo.width);
  const height = clamp(Math.round(box.height / scale), 1, photo.height);
  return {
    left: clamp(Math.round(focus.x * photo.width - width / 2), 0, photo.width - width),
    top: clamp(Math.round(focus.y * photo.height - height / 2), 0, photo.height - height),
    width,
    height,
  };
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}
