import { readFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { RecipeInput } from '../../functions/contracts/recipe.ts';
import type { StudioUploadRequest } from '../../functions/contracts/studio-upload.ts';
import { grainyJpeg, pngBomb, quarteredPhoto } from '../fixtures/photos.ts';
import { makeClip } from '../functions/studio/adapters/movies/make-clip.ts';
import { remux } from '../functions/studio/adapters/movies/remux.ts';
import { useStage } from './running-stage.ts';
import { StudioPerson } from './studio-person.ts';

const running = useStage();
let people = 0;
const somebody = (): StudioPerson => new StudioPerson(running().stage.origin, 90_000 + (people += 1));

const clip = await makeClip({ format: 'mp4', width: 64, height: 48, frames: 25 });
const template: RecipeInput = {
  source: { kind: 'template', template: 'before-and-after' },
  output: { format: 'png' },
};

/** A GIF of 2 × 2 pixels whose frames have these delays, in hundredths of a second. */
function gifOf(delays: readonly number[]): Uint8Array {
  const head = [0x47, 0x49, 0x46, 0x38, 0x39, 0x61, 2, 0, 2, 0, 0x80, 0, 0, 0xff, 0, 0, 0, 0, 0xff];
  // LZW of four pixels of one colour: clear, the colour, twice it, the colour, end.
  const colours = [
    [0x84, 0x51],
    [0x8c, 0x53],
  ] as const;
  const frames = delays.flatMap((delay, index) => {
    const [one, two] = colours[index % 2 === 0 ? 0 : 1];
    const control = [0x21, 0xf9, 4, 0, delay & 255, delay >> 8, 0, 0];
    return [...control, 0x2c, 0, 0, 0, 0, 2, 0, 2, 0, 0, 2, 2, one, two, 0];
  });
  return Uint8Array.from([...head, ...frames, 0x3b]);
}

/** The bytes with what stands at `sign`, or `offset` after it, replaced. */
function withBytes(bytes: Uint8Array, sign: string, by: string, offset = 0): Uint8Array {
  const changed = Buffer.from(bytes);
  const at = changed.indexOf(sign, changed.indexOf('stbl'), 'latin1');
  expect(at).toBeGreaterThan(0);
  changed.write(by, at + offset, 'latin1');
  return changed;
}

const captioned = (upload: string, format: RecipeInput['output']['format'] = 'gif'): RecipeInput => ({
  source: { kind: 'upload', upload },
  captions: [{ text: 'Hello' }],
  output: { format },
});

describe('a picture that cannot be used', () => {
  it.each<[string, StudioUploadRequest['contentType'], Uint8Array, string, RegExp]>([
    ['text', 'image/png', Buffer.from('Dear all'), 'unsupported-source', /text file.*Send JPEG/u],
    ['a PDF', 'image/jpeg', Buffer.from('%PDF-1.7 …'), 'unsupported-source', /PDF document/u],
    [
      'a drawing',
      'image/png',
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
      'unsupported-source',
      /SVG/u,
    ],
    [
      'HEIC',
      'image/avif',
      Buffer.from('\0\0\0\u0018ftypheic\0\0\0\0mif1heic', 'latin1'),
      'unsupported-source',
      /HEIC.*send JPEG/u,
    ],
    ['a PNG bomb', 'image/png', pngBomb(), 'too-many-pixels', /20000 × 20000.*at most 50\.0 megapixels/u],
    [
      'a GIF of 5000 frames',
      'image/gif',
      gifOf(Array.from({ length: 5000 }, () => 2)),
      'too-many-frames',
      /1000 frames/u,
    ],
  ])('is refused at once, and described so: %s', async (_what, contentType, bytes, code, message) => {
    const person = somebody();
    const upload = await person.send(bytes, contentType);
    const problem = await person.refusal(captioned(upload));
    expect(problem).toMatchObject({
      status: 422,
      type: `/problems/${code}`,
      detail: expect.stringMatching(message),
      errors: [{ pointer: '/recipe/source/upload' }],
    });
    expect((await person.json('POST', '/studio/inspect', { upload })).body).toMatchObject({
      status: 422,
      type: `/problems/${code}`,
    });
  });

  it('is refused where it is named when only drawing shows that it is damaged', async () => {
    const person = somebody();
    const jpeg = await grainyJpeg(800, 600);
    const upload = await person.send(jpeg.subarray(0, 20_000), 'image/jpeg');
    expect(await person.refusal(captioned(upload, 'png'))).toMatchObject({
      status: 422,
      type: '/problems/damaged-source',
      errors: [{ pointer: '/recipe/source/upload' }],
    });
  });

  it('with EXIF, GPS and an orientation gives an upright picture without any of it', async () => {
    const person = somebody();
    const photo = await grainyJpeg(1200, 900, 6);
    expect((await sharp(photo).metadata()).exif).toBeDefined();
    const { bytes } = await person.file(captioned(await person.send(photo, 'image/jpeg'), 'jpeg'));
    const { width, height, exif, xmp, iptc, orientation } = await sharp(bytes).metadata();
    expect([width, height]).toEqual([900, 1200]);
    expect([exif, xmp, iptc, orientation]).toEqual([undefined, undefined, undefined, undefined]);
    expect(bytes.includes('GPS')).toBe(false);
  });

  it('cannot be reached by anybody who does not know its name', async () => {
    const [owner, other] = [somebody(), somebody()];
    const upload = await owner.send(await quarteredPhoto().png().toBuffer(), 'image/png');
    const guess = upload.slice(0, -1) + (upload.endsWith('Z') ? 'A' : 'Z');
    expect(await other.refusal(captioned(guess, 'png'))).toMatchObject({
      status: 404,
      type: '/problems/unknown-upload',
    });
    expect((await other.json('POST', '/studio/inspect', { upload: guess })).status).toBe(404);
    expect((await other.call('GET', '/studio/uploads')).status).toBe(404);
  });

  it('is not even stored when it is larger than 50 MB, or of another type than was said', async () => {
    const person = somebody();
    await expect(person.send(Buffer.alloc(50_000_001), 'video/mp4')).rejects.toThrow(/EntityTooLarge/u);
    expect((await person.json('POST', '/studio/uploads', { contentType: 'image/svg+xml' })).status).toBe(422);
  });

  it('but frames of no time are shown for as long as browsers show them', async () => {
    const person = somebody();
    const upload = await person.send(gifOf([0, 1, 10]), 'image/gif');
    const { edit, bytes } = await person.file({
      source: { kind: 'upload', upload },
      geometry: [{ op: 'resize', width: 64 }],
      output: { format: 'gif' },
    });
    const { delay = [] } = await sharp(bytes, { animated: true }).metadata();
    expect(delay.every((each) => each >= 20)).toBe(true);
    expect(delay.reduce((sum, each) => sum + each, 0)).toBe(edit.result?.durationMs);
  });
});

describe('a movie that cannot be used', () => {
  it.each<[string, () => Promise<Uint8Array>, string, RegExp]>([
    ['HEVC', async () => withBytes(clip, 'avc1', 'hvc1'), 'unsupported-codec', /HEVC.*H\.264/u],
    ['ProRes', async () => withBytes(clip, 'avc1', 'apch'), 'unsupported-codec', /ProRes.*H\.264/u],
    [
      'sound alone',
      async () => await remux(clip, { hasPicture: false, hasSound: true }),
      'audio-only',
      /no picture/u,
    ],
    ['half of it', async () => clip.subarray(0, clip.length / 2), 'damaged-source', /damaged/u],
  ])('ends failed, with what to send: %s', async (_what, make, code, message) => {
    const person = somebody();
    const upload = await person.send(await make(), 'video/mp4');
    expect(await person.endOf(captioned(upload))).toMatchObject({
      state: 'failed',
      failure: { code, message: expect.stringMatching(message), errors: [{ pointer: '/source/upload' }] },
    });
    // Who asks again is told at once.
    expect(await person.refusal(captioned(upload))).toMatchObject({
      status: 422,
      type: `/problems/${code}`,
      errors: [{ pointer: '/recipe/source/upload' }],
    });
  });

  it('and leads its reader round in circles is stopped, and the next is unharmed', async () => {
    const folder = path.join(import.meta.dirname, '../functions/studio/adapters/movies/clips');
    const bFrames = await readFile(path.join(folder, 'b-frames-and-sound.mp4'));
    const person = somebody();
    const endless = await person.send(withBytes(bFrames, 'ctts', '\u00c8', 44), 'video/mp4');
    const failed = await person.endOf(captioned(endless));
    expect(failed).toMatchObject({ state: 'failed', failure: { code: 'damaged-source' } });
    const next = await person.endOf(captioned(await person.send(clip, 'video/mp4')));
    expect(next.state).toBe('done');
  }, 60_000);
});

describe('a recipe that cannot be done', () => {
  const over = (text: string): RecipeInput => ({ ...template, captions: [{ text: 'fine' }, { text }] });
  const timed = { text: 'x', fromMs: 2000, toMs: 1000 };
  it.each<[string, RecipeInput, string]>([
    [
      'a caption outside of the picture',
      { ...template, captions: [{ text: 'x', place: { left: 1.2, top: 0, width: 0.3, height: 0.3 } }] },
      '/recipe/captions/0',
    ],
    [
      'from after to',
      { source: { kind: 'template', template: 'confetti' }, captions: [timed], output: { format: 'gif' } },
      '/recipe/captions/0',
    ],
    [
      'a sticker that is not there',
      {
        ...template,
        overlays: [
          { source: { kind: 'sticker', sticker: 'none' }, box: { left: 0, top: 0, width: 1, height: 1 } },
        ],
      },
      '/recipe/overlays/0/source/sticker',
    ],
    ['text that does not fit', over('words '.repeat(80)), '/recipe/captions/1/text'],
    ['letters that no font has', over('ᏣᎳᎩ'), '/recipe/captions/1/text'],
    ['text that hides something', over('invoice\u202Efdp.exe'), '/recipe/captions/1/text'],
    [
      'a still of something that moves, without the moment',
      { source: { kind: 'template', template: 'confetti' }, output: { format: 'png' } },
      '/recipe/output/stillAtMs',
    ],
    [
      'fewer bytes than it can have',
      { ...template, output: { format: 'png', maxBytes: 1000 } },
      '/recipe/output/maxBytes',
    ],
  ])('is refused, where it is: %s', async (_what, recipe, pointer) => {
    const person = somebody();
    const { status, errors = [] } = await person.refusal(recipe);
    expect([422, 404]).toContain(status);
    expect(errors[0]?.pointer.startsWith(pointer)).toBe(true);
  });

  it('names the smallest size that is possible', async () => {
    const problem = await somebody().refusal({ ...template, output: { format: 'jpeg', maxBytes: 1000 } });
    expect(problem.detail).toMatch(/smallest.*\d+ bytes/u);
  });

  it('is drawn letter for letter when it has markup in it', async () => {
    const of = async (text: string): Promise<Buffer> =>
      (await somebody().file({ ...template, captions: [{ text }] })).bytes;
    const [plain, bold, entity] = [await of('a'), await of('<b>a</b>'), await of('&amp;a')];
    expect(bold.equals(plain)).toBe(false);
    expect(entity.equals(await of('&a'))).toBe(false);
  });
});
