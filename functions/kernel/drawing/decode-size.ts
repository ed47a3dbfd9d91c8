import { coverScale, type Size } from './crop.ts';

/**
 * JPEG decoders can leave out detail for a fraction of the time, at a half, a quarter or an eighth of the size. sharp takes that path only
 * when the picture is to shrink by at least these factors (it keeps one step in reserve for libjpeg's rounding).
 */
const fastFactors = [9, 5, 3];
/** A photo that is this little short of a fast factor is decoded smaller and enlarged again: nobody sees it, and it takes half the time. */
const maxEnlargement = 1.1;
/** A hair above a fast factor, rounding up to whole pixels would fall short of it. */
const rounding = 1.005;

/** The size at which to decode a photo once, so that every box can be covered from it. Never larger than the photo; `photo` is upright. */
export function decodeSize(photo: Size, boxes: readonly Size[], isJpeg: boolean): Size {
  const scale = Math.min(1, Math.max(...boxes.map((box) => coverScale(photo, box))));
  const factor = 1 / scale;
  const fast = isJpeg
    ? fastFactors.find((each) => factor * maxEnlargement >= each && factor <= each * rounding)
    : undefined;
  return fast === undefined
    ? { width: Math.ceil(photo.width * scale), height: Math.ceil(photo.height * scale) }
    : {
        width: Math.max(1, Math.floor(photo.width / fast)),
        height: Math.max(1, Math.floor(photo.height / fast)),
      };
}
