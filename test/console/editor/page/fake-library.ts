import type { StudioLibrary } from '../../../../console/src/editor/preview/studio-library.ts';

const slot = {
  font: 'anton',
  colour: '#ffffff',
  outline: { width: 5, colour: '#000000' },
  minSize: 14,
  maxSize: 90,
  maxLines: 3,
  align: 'centre',
  verticalAlign: 'middle',
  upperCase: true,
  rotate: 0,
} as const;

const sticker = (id: string, name: string, colour: string) => ({
  id,
  name,
  keywords: [name.toLowerCase(), 'shape'],
  width: 256,
  height: 256,
  picture: URL.createObjectURL(
    new Blob(
      [
        `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><circle cx="32" cy="32" r="26" fill="${colour}"/></svg>`,
      ],
      { type: 'image/svg+xml' },
    ),
  ),
});

/** A library as small as can be: one template, three fonts, a few stickers. */
export const fakeLibrary = (): StudioLibrary => ({
  templates: [
    {
      id: 'two-doors',
      name: 'Two doors',
      keywords: ['choice'],
      isAnimated: false,
      width: 800,
      height: 600,
      captions: [
        {
          ...slot,
          label: 'First door',
          example: 'Sleep',
          box: { left: 0.05, top: 0.05, width: 0.4, height: 0.25 },
        },
        {
          ...slot,
          label: 'Second door',
          example: 'One more episode',
          box: { left: 0.55, top: 0.05, width: 0.4, height: 0.25 },
        },
      ],
      self: '/studio/templates/two-doors',
      durationMs: 0,
      picture: '/two-doors.webp',
      preview: '/two-doors-preview.webp',
    },
  ],
  fonts: {
    fonts: [
      { id: 'anton', name: 'Anton', style: 'condensed', weight: 400, stack: ['/anton.ttf'] },
      { id: 'noto-sans', name: 'Noto Sans', style: 'sans', weight: 700, stack: ['/noto-sans.ttf'] },
      { id: 'lora', name: 'Lora', style: 'serif', weight: 700, stack: ['/lora.ttf'] },
    ],
    files: [],
  },
  stickers: [
    sticker('sun', 'Sun', '#ffc21f'),
    sticker('sea', 'Sea', '#4f9dff'),
    sticker('rose', 'Rose', '#ff5a8f'),
    sticker('leaf', 'Leaf', '#45d483'),
  ],
});
