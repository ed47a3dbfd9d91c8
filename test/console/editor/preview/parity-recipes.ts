import sharp, { type Sharp } from 'sharp';
import type { RecipeInput } from '../../../../functions/contracts/recipe.ts';
import { createMovieEncoder } from '../../../../functions/studio/adapters/movies/create-movie-encoder.ts';
import { animationOf, paint, photo } from '../../../functions/studio/adapters/pictures/test-pictures.ts';

/** Uploads by the ids under which recipes know them. */
export const uploads = {
  photo: '01KAH3S1X0QJ5ZK6N9M3R7T2V1',
  lying: '01KAH3S1X0QJ5ZK6N9M3R7T2V2',
  gif: '01KAH3S1X0QJ5ZK6N9M3R7T2V3',
  clip: '01KAH3S1X0QJ5ZK6N9M3R7T2V4',
  webp: '01KAH3S1X0QJ5ZK6N9M3R7T2V5',
  glass: '01KAH3S1X0QJ5ZK6N9M3R7T2V6',
} as const;

const fade = { fadeMs: 300, slide: 'none' } as const;

/** What the files are, made without the code under test. */
export async function uploadFiles(): Promise<ReadonlyMap<string, Uint8Array>> {
  const jpeg = (width: number, height: number): Sharp =>
    sharp(photo(width, height), { raw: { width, height, channels: 4 } }).jpeg({ quality: 92 });
  return new Map<string, Uint8Array>([
    [uploads.photo, await jpeg(1200, 900).toBuffer()],
    // A phone's picture, which lies on its side and says so.
    [uploads.lying, await jpeg(800, 600).withMetadata({ orientation: 6 }).toBuffer()],
    [
      uploads.gif,
      await animationOf(
        Array.from({ length: 10 }, (_, index) => photo(320, 240, index * 25)),
        320,
        [100, 50, 200, 100, 30, 100, 100, 300, 100, 100],
        'gif',
      ),
    ],
    [
      uploads.webp,
      await animationOf(
        Array.from({ length: 6 }, (_, index) => ball(160, 20 + index * 24)),
        160,
        [120, 120, 240, 120, 120, 120],
        'webp',
      ),
    ],
    [uploads.clip, await clipOf(480, 360, 30)],
    [
      uploads.glass,
      await sharp(ball(400, 200), { raw: { width: 400, height: 400, channels: 4 } })
        .png()
        .toBuffer(),
    ],
  ]);
}

/** A ball on nothing. */
const ball = (side: number, x: number): Uint8Array =>
  paint(side, side, (column, row) => {
    const away = Math.hypot(column - x, row - side / 2);
    return away < side / 4 ? [240, Math.round(200 - (away / side) * 400), 60, 255] : [0, 0, 0, 0];
  });

async function clipOf(width: number, height: number, frames: number): Promise<Uint8Array> {
  const encoder = await createMovieEncoder({ format: 'mp4', width, height, quality: 95 });
  try {
    for (let index = 0; index < frames; index += 1) {
      await encoder.add(photo(width, height, index * 12), index * 40, 40);
    }
    return await encoder.finish();
  } finally {
    await encoder.close();
  }
}

/** What is compared: a recipe, and three moments of it. */
export interface ParityCase {
  readonly name: string;
  readonly recipe: RecipeInput;
  readonly moments: readonly [number, number, number];
}

const still = [0, 0, 0] as const;

export const parityCases: readonly ParityCase[] = [
  {
    name: 'a meme from a template in its own caption boxes',
    recipe: {
      source: { kind: 'template', template: 'two-buttons' },
      captions: [{ text: 'Ship on Friday' }, { text: 'Sleep at the weekend' }, { text: 'me, every week' }],
      output: { format: 'png' },
    },
    moments: still,
  },
  {
    name: 'the classic: capitals at top and bottom',
    recipe: {
      source: { kind: 'upload', upload: uploads.photo },
      captions: [
        { text: 'one does not simply', place: 'top', upperCase: true },
        { text: 'restore from a backup that nobody has ever tried', place: 'bottom', upperCase: true },
      ],
      output: { format: 'jpeg' },
    },
    moments: still,
  },
  {
    name: 'every font with an accent or two',
    recipe: {
      source: { kind: 'gradient', from: '#203a60', to: '#c06a40', angle: 120, width: 900, height: 1000 },
      captions: ['anton', 'noto-sans', 'shantell-sans', 'lora', 'jetbrains-mono', 'patrick-hand'].map(
        (font, index) => ({
          text: 'Ça marche: Fjord, WAVE & ¿qué?',
          font,
          place: { left: 0.05, top: 0.02 + index * 0.16, width: 0.9, height: 0.15 },
        }),
      ),
      output: { format: 'png' },
    },
    moments: still,
  },
  {
    name: 'Chinese, Korean, Thai and Devanagari',
    recipe: {
      source: { kind: 'colour', colour: '#31506b', width: 900, height: 900 },
      captions: [
        {
          text: '今天又是部署的一天，大家加油！',
          place: { left: 0.05, top: 0.02, width: 0.9, height: 0.22 },
        },
        { text: '금요일에는 배포하지 마세요', place: { left: 0.05, top: 0.26, width: 0.9, height: 0.22 } },
        { text: 'วันนี้เราจะไม่แก้อะไร', maxSize: 70, place: { left: 0.05, top: 0.5, width: 0.9, height: 0.22 } },
        {
          text: 'आज फिर से सब ठीक है',
          font: 'noto-sans',
          place: { left: 0.05, top: 0.74, width: 0.9, height: 0.22 },
        },
      ],
      output: { format: 'png' },
    },
    moments: still,
  },
  {
    name: 'Arabic and Hebrew, from right to left',
    recipe: {
      source: { kind: 'upload', upload: uploads.photo },
      captions: [
        { text: 'كل شيء يعمل على جهازي', place: 'top', font: 'noto-sans' },
        { text: 'אצלי זה עובד, תמיד', place: 'bottom', font: 'noto-sans', align: 'right' },
      ],
      output: { format: 'png', width: 800 },
    },
    moments: still,
  },
  {
    name: 'emoji in their colours',
    recipe: {
      source: { kind: 'template', template: 'whiteboard' },
      captions: [{ text: 'all green 🟢 ship it 🚀🚀', place: 'top', font: 'anton', outline: { width: 6 } }],
      output: { format: 'webp', stillAtMs: 0 },
    },
    moments: still,
  },
  {
    name: 'a shadow, a background with round corners, and letters that are seen through',
    recipe: {
      source: { kind: 'upload', upload: uploads.photo },
      captions: [
        {
          text: 'in the shade',
          place: 'top',
          font: 'lora',
          outline: { width: 0 },
          shadow: { x: 8, y: 10, blur: 16, colour: '#000000cc' },
        },
        {
          text: 'in a box of its own',
          place: 'middle',
          font: 'noto-sans',
          maxSize: 60,
          outline: { width: 0 },
          background: { colour: '#102030d0', padding: 20, radius: 24 },
        },
        {
          text: 'as if of glass',
          place: 'bottom',
          colour: '#ffffff80',
          outline: { width: 10, colour: '#c02040b0' },
        },
      ],
      output: { format: 'png', width: 1000 },
    },
    moments: still,
  },
  {
    name: 'captions turned by any angle',
    recipe: {
      source: { kind: 'colour', colour: '#d8d0c0', width: 1000, height: 1000 },
      captions: [
        { text: 'uphill', rotate: -17, place: { left: 0.1, top: 0.1, width: 0.5, height: 0.2 } },
        { text: 'down the stairs', rotate: 90, place: { left: 0.4, top: 0.4, width: 0.55, height: 0.2 } },
        {
          text: 'on its head',
          rotate: 185.5,
          font: 'shantell-sans',
          place: { left: 0.05, top: 0.7, width: 0.5, height: 0.2 },
        },
      ],
      output: { format: 'png' },
    },
    moments: still,
  },
  {
    name: 'a phone’s picture, cropped, turned and flipped',
    recipe: {
      source: { kind: 'upload', upload: uploads.lying },
      geometry: [
        { op: 'crop', to: { aspect: '4:5' } },
        { op: 'rotate', degrees: 90 },
        { op: 'flip', axis: 'horizontal' },
      ],
      captions: [{ text: 'upside up' }],
      output: { format: 'png' },
    },
    moments: still,
  },
  {
    name: 'a picture turned by some degrees on a colour, and padded',
    recipe: {
      source: { kind: 'upload', upload: uploads.photo },
      geometry: [
        { op: 'resize', width: 500, fit: 'fit' },
        { op: 'rotate', degrees: 11, background: '#224466' },
        { op: 'pad', top: 120, bottom: 20, left: 10, right: 10, colour: '#fffbe8' },
      ],
      captions: [{ text: 'hung by an amateur', place: 'top', colour: '#202020', outline: { width: 0 } }],
      output: { format: 'png' },
    },
    moments: still,
  },
  {
    name: 'cropped to where people look, and made smaller',
    recipe: {
      source: { kind: 'template', template: 'cat-at-keyboard' },
      geometry: [{ op: 'crop', to: { aspect: '1:1', focus: 'attention' } }],
      captions: [{ text: 'who is a good engineer', place: 'bottom' }],
      output: { format: 'jpeg', width: 640 },
    },
    moments: still,
  },
  {
    name: 'sepia, a vignette and more contrast',
    recipe: {
      source: { kind: 'upload', upload: uploads.photo },
      looks: [{ look: 'sepia' }, { look: 'contrast', amount: 1.3 }, { look: 'vignette', amount: 0.8 }],
      captions: [{ text: 'the good old release train', font: 'lora' }],
      output: { format: 'png', width: 720 },
    },
    moments: still,
  },
  {
    name: 'blurred, sharpened and pixelated',
    recipe: {
      source: { kind: 'template', template: 'podium' },
      looks: [
        { look: 'blur', amount: 4 },
        { look: 'sharpen', amount: 2 },
        { look: 'pixelate', box: { left: 0.3, top: 0.2, width: 0.3, height: 0.4 }, size: 24 },
        { look: 'hue', degrees: 60 },
        { look: 'saturation', amount: 1.4 },
      ],
      captions: [{ text: 'identity withheld', place: 'bottom' }],
      output: { format: 'png' },
    },
    moments: still,
  },
  {
    name: 'deep-fried',
    recipe: {
      source: { kind: 'template', template: 'slow-clap' },
      looks: [{ look: 'deep-fried', amount: 0.6 }],
      captions: [{ text: 'nobody expects the rollback', place: 'top' }],
      output: { format: 'gif', width: 360 },
    },
    moments: [0, 400, 900],
  },
  {
    name: 'stickers and a picture over a picture, turned and half there',
    recipe: {
      source: { kind: 'template', template: 'before-and-after' },
      overlays: [
        {
          source: { kind: 'sticker', sticker: 'sunglasses' },
          box: { left: 0.1, top: 0.2, width: 0.25, height: 0.2 },
          rotate: 15,
        },
        {
          source: { kind: 'upload', upload: uploads.photo },
          box: { left: 0.55, top: 0.15, width: 0.35, height: 0.4 },
          opacity: 0.7,
          rotate: -8,
        },
        {
          source: { kind: 'upload', upload: uploads.glass },
          box: { left: 0.3, top: 0.5, width: 0.3, height: 0.3 },
        },
      ],
      captions: [{ text: 'Monday' }, { text: 'Friday' }],
      output: { format: 'png' },
    },
    moments: still,
  },
  {
    name: 'an uploaded GIF with captions that come, slide and go',
    recipe: {
      source: { kind: 'upload', upload: uploads.gif },
      captions: [
        { text: 'wait for it', place: 'top', toMs: 600, fadeMs: 200 },
        { text: 'there', place: 'bottom', fromMs: 500, ...fade, slide: 'up' },
      ],
      output: { format: 'gif' },
    },
    moments: [100, 550, 1000],
  },
  {
    name: 'an animated template, backwards and faster, in grey',
    recipe: {
      source: { kind: 'template', template: 'typing' },
      timeline: { direction: 'reverse', speed: 1.5 },
      looks: [{ look: 'grayscale' }, { look: 'brightness', amount: 1.1 }],
      captions: [{ text: 'somebody is typing …' }],
      output: { format: 'webp' },
    },
    moments: [0, 500, 1200],
  },
  {
    name: 'a clip, trimmed and cropped, with an animated sticker',
    recipe: {
      source: { kind: 'upload', upload: uploads.clip },
      timeline: { trim: { fromMs: 200, toMs: 1000 } },
      geometry: [{ op: 'crop', to: { left: 0.1, top: 0, width: 0.8, height: 1 } }],
      overlays: [
        {
          source: { kind: 'upload', upload: uploads.webp },
          box: { left: 0.6, top: 0.5, width: 0.35, height: 0.45 },
          fadeMs: 100,
        },
      ],
      captions: [{ text: 'live from the data centre', place: 'top', font: 'shantell-sans' }],
      output: { format: 'mp4' },
    },
    moments: [0, 300, 700],
  },
  {
    name: 'a slideshow that fades from one to the next',
    recipe: {
      source: {
        kind: 'slideshow',
        slides: [
          { upload: uploads.photo, durationMs: 800 },
          { upload: uploads.gif, durationMs: 800 },
          { upload: uploads.lying, durationMs: 800 },
        ],
        crossFadeMs: 400,
        width: 480,
        height: 480,
        fit: 'cover',
      },
      captions: [{ text: 'three of a kind', place: 'bottom' }],
      output: { format: 'webp' },
    },
    moments: [0, 620, 1500],
  },
  {
    name: 'a slideshow of whole pictures, a tint over it',
    recipe: {
      source: {
        kind: 'slideshow',
        slides: [
          { upload: uploads.lying, durationMs: 500 },
          { upload: uploads.photo, durationMs: 500 },
        ],
        crossFadeMs: 0,
        width: 640,
        height: 360,
        fit: 'contain',
      },
      looks: [{ look: 'tint', colour: '#4060c080' }, { look: 'invert' }],
      captions: [
        {
          text: 'wide as a cinema, tiny words: '.repeat(4).trim(),
          font: 'noto-sans',
          place: 'middle',
          maxLines: 4,
        },
      ],
      output: { format: 'mp4' },
    },
    moments: [0, 499, 700],
  },
];
