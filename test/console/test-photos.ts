import sharp from 'sharp';

/** A photo as a browser's file input takes it. */
export interface TestFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

const sketch = { width: 300, height: 400 };

/** A face of sorts before a sky: what colour is at a point. Not SVG, whose loader is blocked where photos are decoded. */
function colourAt(x: number, y: number): readonly [number, number, number] {
  const within = (cx: number, cy: number, rx: number, ry: number): boolean =>
    ((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2 < 1;
  if (within(128, 170, 7, 7) || within(172, 170, 7, 7)) {
    return [40, 28, 22];
  }
  if (within(150, 215, 26, 12) && y > 213) {
    return [122, 47, 34];
  }
  if (within(150, 120, 70, 44)) {
    return [58, 36, 24];
  }
  if (within(150, 175, 64, 80)) {
    return [217, 160, 122];
  }
  return within(150, 400, 120, 140) ? [55, 84, 107] : [150 + y / 5, 196 + y / 20, 232 - y / 6];
}

/** A real JPEG, as a phone would send it. */
export async function jpegPhoto(width = 1200, height = 1600): Promise<TestFile> {
  const pixels = Uint8Array.from(
    Array.from({ length: sketch.width * sketch.height }, (_, index) =>
      colourAt(index % sketch.width, Math.floor(index / sketch.width)),
    ).flat(),
  );
  const buffer = await sharp(pixels, { raw: { ...sketch, channels: 3 } })
    .resize(width, height, { fit: 'fill' })
    .jpeg({ quality: 85 })
    .toBuffer();
  return { name: 'me.jpg', mimeType: 'image/jpeg', buffer };
}

/** What many a person sends after renaming it. */
export const textNamedJpg: TestFile = {
  name: 'notes.jpg',
  mimeType: 'image/jpeg',
  buffer: Buffer.from('Milk, bread, two lemons.\n'),
};

/** The beginning of what an iPhone stores. */
export const heicPhoto: TestFile = {
  name: 'IMG_0042.HEIC',
  mimeType: 'image/heic',
  buffer: Buffer.concat([
    Buffer.from([0, 0, 0, 24]),
    Buffer.from('ftypheic'),
    Buffer.alloc(4),
    Buffer.from('mif1heic'),
    Buffer.alloc(64),
  ]),
};
