import type { Picture } from './canvas.ts';

/** The same picture in four channels, in a buffer of its own unless it has four already. */
export function toRgba(picture: Picture): Picture {
  if (picture.channels === 4) {
    return picture;
  }
  const { data: from, width, height } = picture;
  const data = new Uint8Array(width * height * 4);
  for (let at = 0, to = 0; to < data.length; at += 3, to += 4) {
    data[to] = from[at] ?? 0;
    data[to + 1] = from[at + 1] ?? 0;
    data[to + 2] = from[at + 2] ?? 0;
    data[to + 3] = 255;
  }
  return { data, width, height, channels: 4 };
}

/** Without its fourth channel when nothing of the picture can be seen through: three are drawn in less time. */
export function withoutNeedlessAlpha(picture: Picture): Picture {
  return picture.channels === 4 && isOpaque(picture) ? toRgb(picture) : picture;
}

export function isOpaque({ data, channels }: Picture): boolean {
  if (channels === 3) {
    return true;
  }
  if (data.byteOffset % 4 === 0) {
    return areOpaque(new Uint32Array(data.buffer, data.byteOffset, data.length >> 2));
  }
  for (let at = 3; at < data.length; at += 4) {
    if (data[at] !== 255) {
      return false;
    }
  }
  return true;
}

/** Pixels that are looked at before it is asked whether one of them can be seen through: to ask at each would take longer. */
const atOnce = 1024;

/** @param words a pixel each, with its alpha in the highest bits */
function areOpaque(words: Uint32Array): boolean {
  for (let first = 0; first < words.length; first += atOnce) {
    const end = Math.min(first + atOnce, words.length);
    let all = 0xff00_0000;
    for (let at = first; at < end; at += 1) {
      all &= words[at] ?? 0;
    }
    if (all >>> 24 !== 255) {
      return false;
    }
  }
  return true;
}

/** The same picture without its fourth channel, whatever is in it. */
export function toRgb({ data: from, width, height }: Picture): Picture {
  const data = new Uint8Array(width * height * 3);
  for (let at = 0, to = 0; to < data.length; at += 4, to += 3) {
    data[to] = from[at] ?? 0;
    data[to + 1] = from[at + 1] ?? 0;
    data[to + 2] = from[at + 2] ?? 0;
  }
  return { data, width, height, channels: 3 };
}

/** `picture` with the alpha of another picture of its size, where it has lost its own. */
export function withAlphaOf(original: Picture, picture: Picture): Picture {
  if (original.channels === 3 || picture.channels === 4) {
    return picture;
  }
  const rgba = toRgba(picture);
  for (let at = 3; at < rgba.data.length; at += 4) {
    rgba.data[at] = original.data[at] ?? 0;
  }
  return rgba;
}
