import sharp from 'sharp';

/** A photo as a browser's file input takes it. */
export interface TestFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

/** A real JPEG with a face of sorts in it. */
export async function jpegPhoto(width = 1200, height = 1600): Promise<TestFile> {
  const drawing = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 400" width="${width}" height="${height}">
    <rect width="300" height="400" fill="#a8cbe2"/><ellipse cx="150" cy="400" rx="120" ry="140" fill="#37546b"/>
    <ellipse cx="150" cy="175" rx="64" ry="80" fill="#d9a07a"/><circle cx="128" cy="170" r="6"/><circle cx="172" cy="170" r="6"/>
    <path d="M125 212q25 22 50 0" stroke="#7a2f22" stroke-width="5" fill="none"/></svg>`;
  const buffer = await sharp(Buffer.from(drawing)).jpeg({ quality: 85 }).toBuffer();
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
