import sharp, { type Sharp } from 'sharp';
import { PermanentError } from '../../kernel/errors.ts';
import type { Picture } from '../../kernel/drawing/canvas.ts';
import { prepareEngine } from '../../kernel/sharp/engine.ts';
import { isDamage } from '../../kernel/sharp/is-damage.ts';
import type { DecodePlan } from '../domain/painting/decode-plan.ts';
import { toRgb, toRgba } from '../../kernel/drawing/channels.ts';
import { cutGif } from '../domain/gif/cut-gif.ts';
import { readGifStructure } from '../domain/gif/read-gif-structure.ts';
import type { FrameReader, ProbedSource } from '../domain/ports.ts';
import { Restarts } from './restarts.ts';
import { damaged, type PictureLimits, pictureLimits } from './sharp-probe.ts';

/** What is decoded of an animation in one go. More takes memory; less takes time, because a go may begin far before what is wanted of it. */
const groupBytes = 48 * 1024 ** 2;

/**
 * A still picture, upright, in 8-bit sRGB; three channels when its file has no transparency. Throws PermanentError('damaged-source').
 * @param plan what is done on the way; undefined decodes it as it is
 */
export async function decodeStill(
  bytes: Uint8Array,
  plan?: DecodePlan,
  limits: PictureLimits = pictureLimits,
): Promise<Picture> {
  prepareEngine();
  const whole = sharp(bytes, { failOn: 'error', limitInputPixels: limits.maxPixels, pages: 1 })
    .autoOrient()
    .toColourspace('srgb');
  const sized = plan === undefined ? whole : whole.resize({ ...plan.size, fit: 'fill' });
  return await decode(plan?.crop === undefined ? sized : sized.extract(plan.crop));
}

/**
 * Reads the frames of a picture as they are shown, whichever way the file stores them. Indices may come in any order; in ascending order they are read fastest.
 * @param plan for stills only, see `decodePlanOf`
 */
export function openPictureFrames(
  bytes: Uint8Array,
  probed: Pick<ProbedSource, 'kind' | 'contentType' | 'width' | 'height' | 'delaysMs' | 'hasTransparency'>,
  plan?: DecodePlan,
  limits: PictureLimits = pictureLimits,
): FrameReader {
  prepareEngine();
  const isStill = probed.kind === 'still';
  const { width, height } = (isStill ? (plan?.crop ?? plan?.size) : undefined) ?? probed;
  // Of a GIF it is known whether something is ever seen through, of others only whether that is so at first.
  const restarts = isStill ? undefined : restartsOf(bytes, probed, limits);
  const channels = !isStill && probed.contentType === 'image/gif' && !probed.hasTransparency ? 3 : 4;
  return {
    width,
    height,
    channels,
    frames: (indices) =>
      isStill
        ? readStill(bytes, indices, plan, limits)
        : readAnimation(
            bytes,
            { width, height, channels, restarts, count: probed.delaysMs.length },
            indices,
            limits,
          ),
    close: async () => {},
  };
}

async function* readStill(
  bytes: Uint8Array,
  indices: readonly number[],
  plan: DecodePlan | undefined,
  limits: PictureLimits,
): AsyncGenerator<{ index: number; pixels: Uint8Array }> {
  if (indices.length > 0) {
    const picture = toRgba(await decodeStill(bytes, plan, limits));
    for (const index of indices) {
      yield { index, pixels: indices.length === 1 ? picture.data : new Uint8Array(picture.data) };
    }
  }
}

interface Reel {
  readonly width: number;
  readonly height: number;
  readonly channels: 3 | 4;
  readonly count: number;
  /** Where late frames are decoded from; undefined where it is always the beginning. */
  readonly restarts: Restarts | undefined;
}

async function* readAnimation(
  bytes: Uint8Array,
  reel: Reel,
  indices: readonly number[],
  limits: PictureLimits,
): AsyncGenerator<{ index: number; pixels: Uint8Array }> {
  const frameBytes = reel.width * reel.height * reel.channels;
  const groups = groupsOf(indices, Math.max(1, Math.floor(groupBytes / frameBytes)));
  let next = groups[0] && decodeGroup(bytes, groups[0], reel, limits);
  for (const [position, group] of groups.entries()) {
    const frames = await next;
    const following = groups[position + 1];
    // Decoding goes on while these frames are painted. A failure is heard of when its turn comes.
    next = following && decodeGroup(bytes, following, reel, limits);
    next?.catch(() => undefined);
    for (const index of group.indices) {
      const from = (index - group.first) * frameBytes;
      yield { index, pixels: frames?.subarray(from, from + frameBytes) ?? new Uint8Array() };
    }
  }
}

interface Group {
  readonly indices: number[];
  first: number;
  last: number;
}

/** Neighbours in the list that are near each other in the file. */
function groupsOf(indices: readonly number[], most: number): Group[] {
  const groups: Group[] = [];
  for (const index of indices) {
    const group = groups.at(-1);
    if (group && Math.max(group.last, index) - Math.min(group.first, index) < most) {
      group.indices.push(index);
      group.first = Math.min(group.first, index);
      group.last = Math.max(group.last, index);
    } else {
      groups.push({ indices: [index], first: index, last: index });
    }
  }
  return groups;
}

/** The frames from the group's first to its last, one after the other. */
async function decodeGroup(
  bytes: Uint8Array,
  { first, last }: Group,
  { width, height, channels, count, restarts }: Reel,
  limits: PictureLimits,
): Promise<Uint8Array> {
  if (last >= count) {
    throw new Error(`There is no frame ${last}: the animation has ${count}`);
  }
  if (restarts?.isLate(first) === true) {
    const data = await restarts.frames(first, last);
    const picture = { data, width, height: height * (last - first + 1), channels: 4 } as const;
    return channels === 3 ? toRgb(picture).data : data;
  }
  return await decodePages(bytes, { width, height, channels, first, pages: last - first + 1 }, limits);
}

/** Late frames of a GIF are decoded from where one was before, where its blocks say the same as who decodes it. */
function restartsOf(
  bytes: Uint8Array,
  {
    contentType,
    width,
    height,
    delaysMs,
  }: Pick<ProbedSource, 'contentType' | 'width' | 'height' | 'delaysMs'>,
  limits: PictureLimits,
): Restarts | undefined {
  if (contentType !== 'image/gif') {
    return undefined;
  }
  const structure = readGifStructure(bytes, delaysMs.length);
  return structure.frames.length === delaysMs.length
    ? new Restarts(cutGif(bytes, structure, { width, height }), { width, height }, (file, first, pages) =>
        decodePages(file, { width, height, channels: 4, first, pages }, limits),
      )
    : undefined;
}

interface Pages extends Pick<Reel, 'width' | 'height' | 'channels'> {
  readonly first: number;
  readonly pages: number;
}

async function decodePages(
  bytes: Uint8Array,
  { width, height, channels, first, pages }: Pages,
  { maxPixels }: PictureLimits,
): Promise<Uint8Array> {
  const image = sharp(bytes, {
    failOn: 'error',
    limitInputPixels: Math.max(maxPixels, pages * width * height),
    page: first,
    pages,
  }).toColourspace('srgb');
  const picture = channels === 3 ? await decode(image.removeAlpha()) : toRgba(await decode(image));
  if (picture.data.length !== pages * width * height * channels) {
    throw new PermanentError(
      'damaged-source',
      `The animation ends before its frame ${first + pages}, or its frames differ in size. Send the original file.`,
    );
  }
  return picture.data;
}

async function decode(image: Sharp): Promise<Picture> {
  try {
    const { data, info } = await image.raw().toBuffer({ resolveWithObject: true });
    const { width, height, channels } = info;
    if (channels !== 3 && channels !== 4) {
      throw new Error(`A picture was decoded to ${channels} channels`);
    }
    return { data, width, height, channels };
  } catch (error) {
    throw isDamage(error) ? damaged(error) : error;
  }
}
