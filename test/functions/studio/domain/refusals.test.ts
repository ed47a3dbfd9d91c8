import { describe, expect, it } from 'vitest';
import type { RecipeInput } from '../../../../functions/contracts/recipe.ts';
import { animationOf, clipOf, planOf, refusalsOf, slideOf, uploadOf } from './recipes.ts';

const png = { format: 'png' } as const;
const gif = { format: 'gif' } as const;
const photo = uploadOf('photo');

/** What is refused: the recipe, and the beginning of the refusal. */
const refused: readonly (readonly [string, RecipeInput, string])[] = [
  [
    'dither of anything but a GIF',
    { source: photo, output: { ...png, dither: true } },
    '/output/dither: Only a gif',
  ],
  [
    'one moment as a movie',
    { source: uploadOf('clip'), output: { format: 'mp4', stillAtMs: 5 } },
    '/output/stillAtMs: mp4 is not a still',
  ],
  [
    'a moment after the end',
    { source: uploadOf('clip'), output: { ...png, stillAtMs: 5000 } },
    '/output/stillAtMs: Everything ends after 5 s',
  ],
  [
    'a moment of what does not move',
    { source: photo, output: { ...png, stillAtMs: 10 } },
    '/output/stillAtMs: Nothing moves',
  ],
  [
    'what moves as a still, without the moment',
    { source: uploadOf('gif'), output: { format: 'avif' } },
    '/output/stillAtMs: This moves, and avif shows one moment',
  ],
  [
    'a caption that comes later on a still',
    { source: photo, captions: [{ text: 'a', fromMs: 500 }], output: png },
    '/output/stillAtMs: This moves',
  ],
  [
    'how often a still is played',
    { source: photo, timeline: { loop: 2 }, output: { format: 'jpeg' } },
    '/timeline/loop: A still jpeg',
  ],
  [
    'how often a GIF of a still picture is played',
    { source: photo, timeline: { loop: 2 }, output: gif },
    '/timeline/loop: Nothing moves',
  ],
  [
    'the frame rate of what does not move',
    { source: photo, timeline: { frameRate: 10 }, output: gif },
    '/timeline/frameRate: Nothing moves',
  ],
  [
    'the speed of a still',
    { source: photo, timeline: { speed: 2 }, output: gif },
    '/timeline/speed: The source is a still',
  ],
  [
    'the direction of a still',
    { source: photo, timeline: { direction: 'reverse' }, output: gif },
    '/timeline/direction: The source is a still',
  ],
  [
    'a trim of a still',
    { source: photo, timeline: { trim: { fromMs: 5 } }, output: gif },
    '/timeline/trim: The source is a still',
  ],
  [
    'a trim that begins after the end',
    { source: uploadOf('clip'), timeline: { trim: { fromMs: 5000 } }, output: gif },
    '/timeline/trim/fromMs: The source ends after 5 s',
  ],
  [
    'a trim that ends after the end',
    { source: uploadOf('clip'), timeline: { trim: { fromMs: 0, toMs: 9000 } }, output: gif },
    '/timeline/trim/toMs: The source ends after 5 s',
  ],
  [
    'a trim that ends before it begins',
    { source: uploadOf('clip'), timeline: { trim: { fromMs: 900, toMs: 900 } }, output: gif },
    '/timeline/trim/toMs: It must come after',
  ],
  [
    'transparent corners in a JPEG',
    { source: photo, geometry: [{ op: 'rotate', degrees: 5 }], output: { format: 'jpeg' } },
    '/geometry/0/background: This leaves transparent parts, and jpeg has none',
  ],
  [
    'transparent padding in a movie',
    {
      source: uploadOf('clip'),
      geometry: [
        { op: 'flip', axis: 'vertical' },
        { op: 'pad', top: 10, colour: '#ffffff80' },
      ],
      output: { format: 'mp4' },
    },
    '/geometry/1/colour: This leaves transparent parts, and mp4 has none',
  ],
  [
    'a transparent colour in a movie',
    { source: { kind: 'colour', colour: '#00000000', width: 100, height: 100 }, output: { format: 'webm' } },
    '/source/colour: This leaves transparent parts',
  ],
  [
    'a crop that reaches outside',
    {
      source: photo,
      geometry: [{ op: 'crop', to: { left: 0.5, top: 0, width: 0.6, height: 1 } }],
      output: png,
    },
    '/geometry/0/to: The crop reaches outside',
  ],
  [
    'an aspect of nothing',
    { source: photo, geometry: [{ op: 'crop', to: { aspect: '0:1' } }], output: png },
    '/geometry/0/to/aspect: An aspect has no 0',
  ],
  [
    'a resize to nothing',
    { source: photo, geometry: [{ op: 'resize' }], output: png },
    '/geometry/0: A resize needs',
  ],
  [
    'a resize that fills half',
    { source: photo, geometry: [{ op: 'resize', width: 10, fit: 'cover' }], output: png },
    '/geometry/0/fit: cover needs',
  ],
  [
    'a canvas that is too large',
    {
      source: photo,
      geometry: [
        { op: 'resize', width: 4096 },
        { op: 'pad', left: 2048, right: 2048 },
        { op: 'pad', left: 2048 },
      ],
      output: png,
    },
    '/geometry/2: The picture becomes 10240 × 3072 pixels',
  ],
  [
    'a movie that is too small',
    { source: { kind: 'colour', colour: '#000000', width: 8, height: 8 }, output: { format: 'mp4' } },
    '/geometry: The movie would be 8 × 8 pixels',
  ],
  [
    'a caption outside of the picture',
    {
      source: photo,
      captions: [{ text: 'a' }, { text: 'b', place: { left: 1.1, top: 0, width: 0.5, height: 0.5 } }],
      output: png,
    },
    '/captions/1/place: The caption lies outside',
  ],
  [
    'a caption that ends before it begins',
    { source: photo, captions: [{ text: 'a', fromMs: 500, toMs: 400 }], output: gif },
    '/captions/0/toMs: It must come after fromMs, 500',
  ],
  [
    'a caption after the end',
    { source: uploadOf('clip'), captions: [{ text: 'a', fromMs: 6000 }], output: gif },
    '/captions/0/fromMs: Everything ends after 5 s',
  ],
  [
    'a slide that takes no time',
    { source: photo, captions: [{ text: 'a', slide: 'left' }], output: gif },
    '/captions/0/fadeMs: A slide takes time',
  ],
  [
    'an unknown font',
    { source: photo, captions: [{ text: 'a', font: 'comic' }], output: png },
    '/captions/0/font: There is no font comic; there is anton or bangers',
  ],
  [
    'sizes the wrong way round',
    { source: photo, captions: [{ text: 'a', minSize: 50, maxSize: 40 }], output: png },
    '/captions/0/maxSize: It must be at least minSize, 50',
  ],
  [
    'a caption box without a template',
    { source: photo, captions: [{ text: 'a', place: { slot: 0 } }], output: png },
    '/captions/0/place/slot: Only a template',
  ],
  [
    'a caption box that the template does not have',
    {
      source: { kind: 'template', template: 'two-boxes' },
      captions: [{ text: 'a', place: { slot: 2 } }],
      output: png,
    },
    '/captions/0/place/slot: The template two-boxes has 2',
  ],
  [
    'a caption box that a crop by attention has moved',
    {
      source: { kind: 'template', template: 'two-boxes' },
      geometry: [{ op: 'crop', to: { aspect: '1:1', focus: 'attention' } }],
      captions: [{ text: 'a', place: { slot: 0 } }],
      output: png,
    },
    '/captions/0/place: Where the caption box',
  ],
  [
    'an unknown template',
    { source: { kind: 'template', template: 'nobody' }, output: png },
    '/source/template: There is no template nobody',
  ],
  [
    'an unknown upload',
    { source: { kind: 'upload', upload: '01HZZZZZZZZZZZZZZZZZZZZZZZ' }, output: png },
    '/source/upload: There is no such upload of yours',
  ],
  [
    'an unknown sticker',
    {
      source: photo,
      overlays: [
        { source: { kind: 'sticker', sticker: 'nose' }, box: { left: 0, top: 0, width: 1, height: 1 } },
      ],
      output: png,
    },
    '/overlays/0/source/sticker: There is no sticker nose',
  ],
  [
    'a movie over a picture',
    {
      source: photo,
      overlays: [{ source: uploadOf('clip'), box: { left: 0, top: 0, width: 1, height: 1 } }],
      output: gif,
    },
    '/overlays/0/source: A movie cannot lie over a picture',
  ],
  [
    'an overlay outside of the picture',
    {
      source: photo,
      overlays: [
        {
          source: { kind: 'sticker', sticker: 'moustache' },
          box: { left: -1, top: 0, width: 0.9, height: 1 },
        },
      ],
      output: png,
    },
    '/overlays/0/box: The overlay lies outside',
  ],
  [
    'a pixelated box outside of the picture',
    {
      source: photo,
      looks: [{ look: 'pixelate', box: { left: 1, top: 0, width: 1, height: 1 } }],
      output: png,
    },
    '/looks/0/box: The box lies outside',
  ],
  [
    'a cross-fade longer than a slide',
    {
      source: { kind: 'slideshow', slides: [slideOf('photo', 100), slideOf('tall', 900)], crossFadeMs: 200 },
      output: gif,
    },
    '/source/crossFadeMs: A slide cannot fade',
  ],
];

describe('a recipe', () => {
  it.each(refused)('is refused with the reason: %s', (_, recipe, refusal) => {
    const [first] = refusalsOf(() => planOf(recipe));
    expect(first?.slice(0, refusal.length)).toBe(refusal);
  });

  it('is refused when it would last more than ten minutes, however that comes', () => {
    const long = { clip: clipOf(1800, 10) };
    const of = (timeline: RecipeInput['timeline']) => () =>
      planOf({ source: uploadOf('clip'), timeline, output: { format: 'mp4' } }, long);
    expect(refusalsOf(of({ speed: 0.1 }))).toEqual([
      '/timeline: It would last 1800 s; 600 s is the most. Trim it, or make it faster.',
    ]);
    expect(refusalsOf(of({ loop: 4 }))).toEqual(['/timeline/loop: It would last 720 s; 600 s is the most.']);
  });

  it('is refused when more is drawn over it than anybody could wait for', () => {
    const captions = Array.from({ length: 100 }, () => ({ text: 'a', fadeMs: 1000 }));
    const clip = clipOf(18_000, 30);
    const [first] = refusalsOf(() =>
      planOf({ source: uploadOf('clip'), captions, output: { format: 'mp4' } }, { clip }),
    );
    expect(first).toMatch(
      /^\/timeline: Captions and overlays would be drawn 1800000 times over 18000 frames;/u,
    );
    const subtitles = captions.map(({ text, fadeMs }, index) => ({
      text,
      fadeMs,
      fromMs: index * 6000,
      toMs: (index + 1) * 6000,
    }));
    expect(
      planOf({ source: uploadOf('clip'), captions: subtitles, output: { format: 'mp4' } }, { clip }).frames,
    ).toHaveLength(18_000);
  });

  it('is refused for an animation of 5000 frames, before any of them is decoded', () => {
    const gifSource = animationOf(
      Array.from({ length: 5000 }, () => 20),
      50,
      50,
    );
    expect(refusalsOf(() => planOf({ source: uploadOf('gif'), output: gif }, { gif: gifSource }))).toEqual([
      '/source/upload: The animation has 5000 frames; at most 1000 are taken. Send a part of it, or a movie (MP4, WebM).',
    ]);
  });

  it('hears of everything at once', () => {
    const refusals = refusalsOf(() =>
      planOf({
        source: photo,
        captions: [
          { text: 'a', font: 'comic' },
          { text: 'b', fromMs: 5, toMs: 5 },
        ],
        looks: [{ look: 'pixelate', box: { left: 1, top: 0, width: 1, height: 1 } }],
        output: gif,
      }),
    );
    expect(refusals.map((refusal) => refusal.split(':')[0])).toEqual([
      '/captions/0/font',
      '/captions/1/toMs',
      '/looks/0/box',
    ]);
  });
});

describe('transparent parts', () => {
  it('stay in formats that have them', () => {
    const plan = planOf({ source: photo, geometry: [{ op: 'rotate', degrees: 5 }], output: png });
    expect(plan.background).toBeUndefined();
  });

  it('of a source become white in a JPEG, and the answer says so', () => {
    const recipe = { source: photo, output: { format: 'jpeg' } } satisfies RecipeInput;
    const seeThrough = { photo: { ...animationOf([]), kind: 'still' as const, hasTransparency: true } };
    expect(planOf(recipe, seeThrough)).toMatchObject({
      background: '#ffffff',
      notes: [expect.stringContaining('jpeg cannot be transparent')],
    });
    const onBlue = { ...recipe, output: { format: 'jpeg' as const, background: '#0000ff' } };
    expect(planOf(onBlue, seeThrough)).toMatchObject({ background: '#0000ff', notes: [] });
  });
});

describe('sound', () => {
  const of = (more: Partial<RecipeInput>, audio = 'aac') =>
    planOf(
      { source: uploadOf('clip'), output: { format: 'mp4' }, ...more },
      { clip: clipOf(150, 30, { audio }) },
    );

  it('is copied where nothing is done to its time', () => {
    expect(of({ timeline: { trim: { fromMs: 500, toMs: 2000 } } }).sound).toEqual({
      kind: 'copied',
      source: 0,
      codec: 'aac',
      fromMs: 500,
      toMs: 2000,
    });
  });

  it.each([
    [{ output: { format: 'gif' } }, 'aac', 'gif has none'],
    [{ output: { format: 'webm' } }, 'aac', 'webm takes Opus or Vorbis, and this is AAC'],
    [{}, 'opus', 'mp4 takes AAC, and this is Opus'],
    [{ timeline: { speed: 2 } }, 'aac', 'it does not follow another speed'],
    [{ timeline: { direction: 'boomerang' } }, 'aac', 'it is not played in boomerang'],
    [{ timeline: { loop: 2 } }, 'aac', 'it is not played again'],
  ] as const)('is left out otherwise, and the answer says why: %j %s', (more, audio, why) => {
    const plan = of(more, audio);
    expect(plan.sound).toEqual({ kind: 'dropped', because: `The sound was left out: ${why}.` });
    expect(plan.notes).toContain(`The sound was left out: ${why}.`);
  });

  it('that nobody wants is left out without a word', () => {
    expect(of({ output: { format: 'mp4', sound: 'drop' } })).toMatchObject({
      sound: { kind: 'none' },
      notes: [],
    });
  });
});
