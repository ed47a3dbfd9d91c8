import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { problemSchema } from '../../functions/contracts/problem.ts';
import type { RecipeInput } from '../../functions/contracts/recipe.ts';
import {
  fontListSchema,
  stickerListSchema,
  templateListSchema,
  type TemplateView,
} from '../../functions/contracts/studio-library.ts';
import { inspectionSchema } from '../../functions/contracts/studio-upload.ts';
import { campaignKey, signedAddress } from '../../functions/studio/domain/address-signature.ts';
import { localShareKey } from '../../local/secrets/made-up-secrets.ts';
import { makeClip } from '../functions/studio/adapters/movies/make-clip.ts';
import { quarteredPhoto } from '../fixtures/photos.ts';
import { useStage } from './running-stage.ts';
import { StudioPerson } from './studio-person.ts';
import { s3Of } from './test-campaigns.ts';

const running = useStage();
let people = 0;
const somebody = (): StudioPerson => new StudioPerson(running().stage.origin, 70_000 + (people += 1));

const meme = (text: string, output: RecipeInput['output'] = { format: 'png' }): RecipeInput => ({
  source: { kind: 'template', template: 'before-and-after' },
  captions: [{ text }],
  output,
});

let photos = 0;
/** A photo that nobody has sent before. */
const newPhoto = async (): Promise<Buffer> =>
  await quarteredPhoto(600 + (photos += 2), 480)
    .jpeg()
    .toBuffer();

const keysIn = async (bucket: string, prefix: string): Promise<string[]> => {
  const { stage } = running();
  const listed = await s3Of(stage).send(
    new ListObjectsV2Command({ Bucket: stage.bucket(`fanfare-dev-studio/${bucket}`), Prefix: prefix }),
  );
  return (listed.Contents ?? []).map(({ Key }) => Key ?? '');
};

describe('what the studio has', () => {
  const templates = async (): Promise<readonly TemplateView[]> =>
    templateListSchema.parse((await somebody().json('GET', '/studio/templates')).body).templates;

  it('is two dozen templates and more, some of which move, each with a picture and a preview that load', async () => {
    const all = await templates();
    expect(all.length).toBeGreaterThanOrEqual(24);
    expect(all.filter(({ isAnimated }) => isAnimated).length).toBeGreaterThanOrEqual(4);
    for (const { self, picture, preview, width, isAnimated, durationMs } of all) {
      expect((await somebody().json('GET', self)).status).toBe(200);
      expect(durationMs > 0).toBe(isAnimated);
      const shown = await somebody().call('GET', picture);
      expect([shown.status, shown.headers['content-type']]).toEqual([200, 'image/webp']);
      expect((await sharp(shown.body).metadata()).width).toBe(width);
      expect((await somebody().call('GET', preview)).status).toBe(200);
    }
  });

  it('is fonts, stickers and the schema of recipes', async () => {
    const { fonts, files } = fontListSchema.parse((await somebody().json('GET', '/studio/fonts')).body);
    expect(fonts.length).toBeGreaterThanOrEqual(6);
    for (const { stack } of fonts) {
      expect(files.map((file) => file.url)).toEqual(expect.arrayContaining(stack));
    }
    const [smallest] = files.toSorted((a, b) => a.bytes - b.bytes);
    const served = await somebody().call('GET', smallest?.url ?? '');
    expect([served.status, served.body.length]).toEqual([200, smallest?.bytes]);
    const { stickers } = stickerListSchema.parse((await somebody().json('GET', '/studio/stickers')).body);
    expect(stickers.length).toBeGreaterThan(0);
    for (const { picture } of stickers) {
      expect((await somebody().call('GET', picture)).status).toBe(200);
    }
    const schema = await somebody().json('GET', '/studio/recipe.schema.json');
    expect(schema.body).toMatchObject({ type: 'object', additionalProperties: false });
  });

  it('does not know other templates, and says where they are listed', async () => {
    const problem = problemSchema.parse((await somebody().json('GET', '/studio/templates/none')).body);
    expect(problem).toMatchObject({ status: 404, type: '/problems/unknown-template' });
  });
});

describe('a meme', () => {
  it('is answered at once with its file, which browsers may keep for ever', async () => {
    const { edit, bytes, headers } = await somebody().file(meme('Gleich & sofort <b>jetzt</b>'));
    expect(edit).toMatchObject({
      state: 'done',
      result: { format: 'png', contentType: 'image/png', frames: 1 },
    });
    expect(headers['content-type']).toBe('image/png');
    expect(headers['cache-control']).toContain('immutable');
    const { width, height, format } = await sharp(bytes).metadata();
    expect({ width, height, format }).toEqual({
      width: edit.result?.width,
      height: edit.result?.height,
      format: 'png',
    });
  });

  it('is the same edit and the same file for whoever asks for the same', async () => {
    const first = await somebody().endOf(meme('Twice'));
    expect(await somebody().askFor(meme('Twice'))).toEqual({ status: 200, edit: first });
  });

  it('has an address to share, which leads to the stored result', async () => {
    const { result, share } = await somebody().endOf(
      meme('To be shared? Yes', { format: 'jpeg', width: 500 }),
    );
    expect(share).toBe('/studio/images/before-and-after/To_be_shared~q_Yes.jpg?width=500');
    const shared = await somebody().call('GET', share ?? '');
    expect([shared.status, shared.headers['location']]).toEqual([302, result?.url]);
  });

  it.each(['gif', 'webp'] as const)('moves when its template does, for as long, as %s', async (format) => {
    const list = templateListSchema.parse((await somebody().json('GET', '/studio/templates')).body);
    const moving = list.templates.find(({ isAnimated }) => isAnimated);
    const { edit, bytes } = await somebody().file({
      source: { kind: 'template', template: moving?.id ?? '' },
      captions: [{ text: 'It moves' }],
      output: { format, width: 240 },
    });
    const { delay = [], pages } = await sharp(bytes, { animated: true }).metadata();
    expect(pages).toBe(edit.result?.frames);
    expect(delay.reduce((sum, each) => sum + each, 0)).toBe(moving?.durationMs);
  });
});

describe('an upload', () => {
  it('is described, captioned, and erased with what was made of it', async () => {
    const person = somebody();
    const upload = await person.send(await newPhoto(), 'image/jpeg');
    const inspection = inspectionSchema.parse(
      (await person.json('POST', '/studio/inspect', { upload })).body,
    );
    expect(inspection).toMatchObject({ kind: 'still', contentType: 'image/jpeg', frames: 1, height: 480 });
    const recipe: RecipeInput = {
      source: { kind: 'upload', upload },
      captions: [{ text: 'Mine' }],
      output: { format: 'webp', width: 320 },
    };
    const { edit, bytes } = await person.file(recipe);
    expect((await sharp(bytes).metadata()).width).toBe(320);

    expect((await person.call('DELETE', edit.self)).status).toBe(204);
    expect((await person.json('GET', edit.self)).status).toBe(410);
    expect((await person.call('GET', edit.result?.url ?? '')).status).toBe(404);
    expect(await keysIn('Uploads', `uploads/${upload}`)).toEqual([]);
    expect(await person.refusal(recipe)).toMatchObject({
      status: 404,
      type: '/problems/unknown-upload',
      errors: [{ pointer: '/recipe/source/upload' }],
    });
    expect((await person.call('DELETE', edit.self)).status).toBe(204);
  });

  it('of bytes that were sent before is not drawn again, and survives the erasure of the other', async () => {
    const photo = await newPhoto();
    const wishFor = (upload: string): RecipeInput => ({
      source: { kind: 'upload', upload },
      looks: [{ look: 'sepia' }],
      output: { format: 'jpeg' },
    });
    const [one, other] = [somebody(), somebody()];
    const first = await one.endOf(wishFor(await one.send(photo, 'image/jpeg')));
    const made = running().metric('Edit', 'EditMade');
    const second = await other.file(wishFor(await other.send(photo, 'image/jpeg')));
    expect(running().metric('Edit', 'EditMade')).toBe(made);
    expect(second.edit.result?.url).not.toBe(first.result?.url);
    await one.call('DELETE', first.self);
    expect((await other.call('GET', second.edit.result?.url ?? '')).status).toBe(200);
  });
});

describe('a movie', () => {
  it('is described, and goes through the queue to become a GIF and another movie', async () => {
    const person = somebody();
    const clip = await makeClip({ format: 'mp4', width: 160, height: 120, frames: 25 });
    const upload = await person.send(clip, 'video/mp4');
    const inspection = inspectionSchema.parse(
      (await person.json('POST', '/studio/inspect', { upload })).body,
    );
    expect(inspection).toMatchObject({
      kind: 'movie',
      contentType: 'video/mp4',
      frames: 25,
      durationMs: 1000,
    });

    const wish = (format: 'gif' | 'mp4'): RecipeInput => ({
      source: { kind: 'upload', upload },
      captions: [{ text: 'Reel' }],
      output: { format },
    });
    const asked = await person.askFor(wish('gif'));
    expect([asked.status, asked.edit.state]).toEqual([202, 'accepted']);
    const gif = await person.file(wish('gif'));
    const { delay = [] } = await sharp(gif.bytes, { animated: true }).metadata();
    expect(delay.reduce((sum, each) => sum + each, 0)).toBe(1000);

    const movie = await person.file(wish('mp4'));
    expect(movie.headers['content-type']).toBe('video/mp4');
    const again = await person.send(movie.bytes, 'video/mp4');
    expect((await person.json('POST', '/studio/inspect', { upload: again })).body).toMatchObject({
      kind: 'movie',
      frames: 25,
      durationMs: 1000,
    });
  });

  it('that is none ends failed, with the reason', async () => {
    const person = somebody();
    const clip = await makeClip({ format: 'mp4', width: 64, height: 64, frames: 3 });
    const upload = await person.send(clip.subarray(0, 200), 'video/mp4');
    const edit = await person.endOf({ source: { kind: 'upload', upload }, output: { format: 'gif' } });
    expect(edit).toMatchObject({
      state: 'failed',
      failure: { code: expect.any(String), errors: [{ pointer: '/source/upload' }] },
    });
    expect((await person.json('POST', '/studio/inspect', { upload })).status).toBe(422);
  });
});

describe('a signed address', () => {
  it('expires, and cannot be made to last longer', async () => {
    const image = {
      template: 'before-and-after',
      lines: ['For an hour'],
      format: 'png',
      options: { campaign: 'spring-sale', expires: Math.floor(Date.now() / 1000) + 3600 },
    } as const;
    const key = campaignKey(localShareKey, 'spring-sale');
    expect((await somebody().call('GET', signedAddress(image, key))).status).toBe(302);
    const over = { ...image, options: { ...image.options, expires: Math.floor(Date.now() / 1000) - 1 } };
    expect((await somebody().call('GET', signedAddress(over, key))).status).toBe(410);
    const prolonged = signedAddress(over, key).replace(/expires=\d+/u, `expires=${image.options.expires}`);
    expect((await somebody().call('GET', prolonged)).status).toBe(403);
    const ofAnother = signedAddress(image, campaignKey(localShareKey, 'autumn'));
    expect((await somebody().call('GET', ofAnother)).status).toBe(403);
  });
});

describe('what the studio does not do', () => {
  it.each<[string, unknown, number, string]>([
    [
      'a template that is not there',
      { source: { kind: 'template', template: 'none' }, output: { format: 'png' } },
      404,
      '/recipe/source/template',
    ],
    ['a key that is not there', { ...meme('x'), sauce: 1 }, 422, '/recipe/sauce'],
    [
      'a font that is not there',
      { ...meme('x'), captions: [{ text: 'x', font: 'comic-sans' }] },
      422,
      '/recipe/captions/0/font',
    ],
    [
      'a thousand captions',
      { ...meme('x'), captions: Array.from({ length: 1000 }, () => ({ text: 'x' })) },
      422,
      '/recipe/captions',
    ],
    ['ten thousand characters', meme('x'.repeat(10_000)), 422, '/recipe/captions/0/text'],
    [
      'an upload that nobody has sent',
      { source: { kind: 'upload', upload: '01J00000000000000000000000' }, output: { format: 'png' } },
      404,
      '/recipe/source/upload',
    ],
  ])('is refused, where it is: %s', async (_what, recipe, status, pointer) => {
    const problem = await somebody().refusal(recipe);
    expect(problem).toMatchObject({ status, errors: [{ pointer }] });
  });

  it('is more than thirty uploads a minute', async () => {
    const person = somebody();
    const statuses = new Set<number>();
    for (let asked = 0; asked < 62; asked += 1) {
      const { status, headers } = await person.json('POST', '/studio/uploads', { contentType: 'image/png' });
      statuses.add(status);
      if (status === 429) {
        expect(Number(headers['retry-after'])).toBeGreaterThan(0);
      }
    }
    expect(statuses).toEqual(new Set([201, 429]));
  });

  it('is to grant uploads while the cache is away; memes are made all the same', async () => {
    const { stage } = running();
    await stage.faults.redisDown();
    try {
      const { status, headers } = await somebody().json('POST', '/studio/uploads', {
        contentType: 'image/png',
      });
      expect([status, headers['retry-after']]).toEqual([503, '5']);
      expect((await somebody().askFor(meme('Without a cache'))).status).toBe(200);
    } finally {
      await stage.faults.redisUp();
    }
  });

  it('is to fail when S3 does: a repeated request is answered', async () => {
    const { stage } = running();
    const bucket = stage.bucket('fanfare-dev-studio/Results');
    stage.faults.failWrites({ bucket, keyPrefix: 'studio/results/', status: 503 });
    try {
      expect((await somebody().json('POST', '/studio/edits', { recipe: meme('Again') })).status).toBe(500);
    } finally {
      stage.faults.healWrites();
    }
    expect((await somebody().askFor(meme('Again'))).status).toBe(200);
  });
});
