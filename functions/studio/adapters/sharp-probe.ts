import sharp, { type Metadata } from 'sharp';
import { PermanentError } from '../../kernel/errors.ts';
import { prepareEngine } from '../../kernel/sharp/engine.ts';
import { isDamage } from '../../kernel/sharp/is-damage.ts';
import { type Sniffed, sniffPicture } from '../../kernel/sniff-picture.ts';
import { type GifStructure, mayBeTransparent, readGifStructure } from '../domain/gif/read-gif-structure.ts';
import type { ProbedSource } from '../domain/ports.ts';

/** What is decoded at most. */
export interface PictureLimits {
  /** Width × height of one frame. */
  readonly maxPixels: number;
  readonly maxFrames: number;
}

export const pictureLimits: PictureLimits = { maxPixels: 50_000_000, maxFrames: 1000 };

const accepted = 'JPEG, PNG, WebP, AVIF or GIF';

/**
 * What a picture is, from its headers. Throws a PermanentError: `empty-source`, `unsupported-source`, `damaged-source`, `too-many-pixels` or
 * `too-many-frames`, with what to send instead. What only decoding shows is seen when its frames are read.
 */
export async function probePicture(
  bytes: Uint8Array,
  limits: PictureLimits = pictureLimits,
): Promise<ProbedSource> {
  prepareEngine();
  const sniffed = sniff(bytes, limits);
  // Its blocks are walked through first: libraries decode as they count.
  const gif = sniffed.contentType === 'image/gif' ? readGifStructure(bytes, limits.maxFrames + 1) : undefined;
  refuseTooMany(gif?.frames.length ?? 1, limits);
  try {
    const metadata = await sharp(bytes, { failOn: 'error', limitInputPixels: limits.maxPixels }).metadata();
    const { width, height } = metadata.autoOrient;
    refuseTooMany(metadata.pages ?? 1, limits);
    const isAnimated = (metadata.pages ?? 1) > 1 && sniffed.contentType !== 'image/avif';
    const delaysMs = isAnimated ? delaysOf(metadata, gif) : [];
    return {
      kind: isAnimated ? 'animation' : 'still',
      contentType: sniffed.contentType,
      width,
      height,
      delaysMs,
      durationMs: delaysMs.reduce((sum, delay) => sum + delay, 0),
      hasTransparency:
        metadata.hasAlpha &&
        ((gif === undefined && !isAnimated) || (await isSeenThrough(bytes, gif, limits))),
      audio: undefined,
      colour: colourInWords(metadata),
      bytes: bytes.byteLength,
    };
  } catch (error) {
    throw isDamage(error) && !(error instanceof PermanentError) ? damaged(error) : error;
  }
}

/** A PermanentError for what the decoder could not read. */
export function damaged(cause: Error): PermanentError {
  return new PermanentError(
    'damaged-source',
    `The picture is damaged or incomplete and could not be read. Send it again, or another one (${accepted}).`,
    { cause },
  );
}

function sniff(bytes: Uint8Array, limits: PictureLimits): Extract<Sniffed, { kind: 'picture' }> {
  if (bytes.byteLength === 0) {
    throw new PermanentError('empty-source', `The file is empty. Send ${accepted}.`);
  }
  const sniffed = sniffPicture(bytes);
  switch (sniffed.kind) {
    case 'picture':
      if (sniffed.width * sniffed.height > limits.maxPixels) {
        throw new PermanentError(
          'too-many-pixels',
          `The picture has ${sniffed.width} × ${sniffed.height} pixels, ${megapixels(sniffed.width * sniffed.height)} in all; at most ${megapixels(limits.maxPixels)} are accepted.`,
        );
      }
      return sniffed;
    case 'incomplete':
      throw new PermanentError(
        'damaged-source',
        'The picture is damaged or incomplete. Send the original file.',
      );
    case 'heic':
      throw new PermanentError(
        'unsupported-source',
        `HEIC pictures are not supported: send JPEG, PNG, WebP or AVIF.`,
      );
    case 'svg':
      throw new PermanentError(
        'unsupported-source',
        `SVG drawings are not accepted: send JPEG, PNG, WebP or AVIF.`,
      );
    case 'other':
      throw new PermanentError(
        'unsupported-source',
        `The file looks like ${sniffed.looksLike === 'not a picture' ? 'no picture' : sniffed.looksLike}. Send ${accepted}.`,
      );
  }
}

function refuseTooMany(frames: number, { maxFrames }: PictureLimits): void {
  if (frames > maxFrames) {
    throw new PermanentError(
      'too-many-frames',
      `The animation has more than ${maxFrames} frames. Send a shorter one, or one with fewer frames a second.`,
    );
  }
}

/** The decoder's own list knows as many frames as can be decoded; a damaged file may announce more. */
function delaysOf({ pages = 1, delay = [] }: Metadata, gif: GifStructure | undefined): number[] {
  return Array.from({ length: pages }, (_, index) => gif?.frames[index]?.delayMs ?? delay[index] ?? 0);
}

/**
 * Transparent colours of later frames mean “as before”: only what the first frame leaves open, or what is cleared, is seen through. Every animated WebP claims to be
 * transparent.
 */
async function isSeenThrough(
  bytes: Uint8Array,
  gif: GifStructure | undefined,
  { maxPixels }: PictureLimits,
): Promise<boolean> {
  if (gif !== undefined && !mayBeTransparent(gif)) {
    return false;
  }
  if (gif?.frames.some(({ disposal }) => disposal === 2) === true) {
    return true;
  }
  const alpha = await sharp(bytes, { failOn: 'error', limitInputPixels: maxPixels })
    .ensureAlpha()
    .extractChannel('alpha')
    .raw()
    .toBuffer();
  return alpha.some((value) => value !== 255);
}

const depths: Readonly<Record<string, string>> = { uchar: '8 bits', ushort: '16 bits' };
const spaces: Readonly<Record<string, string>> = {
  srgb: 'sRGB',
  rgb16: 'sRGB',
  'b-w': 'grey',
  grey16: 'grey',
  cmyk: 'CMYK',
};

function colourInWords({ depth, space, hasProfile }: Metadata): string {
  const profile = hasProfile ? ', with a colour profile' : '';
  return `${depths[depth] ?? depth}, ${spaces[space] ?? space}${profile}`;
}

const megapixels = (count: number): string => `${(count / 1e6).toFixed(1)} megapixels`;
