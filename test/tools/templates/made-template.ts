import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A template of one caption on a disc, as its author would write it. */
export const plainTemplate = {
  id: 'disc',
  name: 'A disc',
  keywords: ['round'],
  width: 200,
  height: 100,
  captions: [
    {
      label: 'On it',
      example: 'Hello',
      box: { left: 0.1, top: 0.2, width: 0.8, height: 0.6 },
      font: 'noto-sans',
      colour: '#102030',
    },
  ],
};

export const plainDrawing = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100">
<rect width="200" height="100" fill="#ffffff"/><circle cx="100" cy="50" r="40" fill="#c02040"/></svg>`;

/** The disc moves 30 pixels to the right and begins again. */
export const movingDrawing = plainDrawing.replace('cx="100"', 'cx="{{x}}"');
export const movement = {
  frames: [
    { count: 2, delayMs: 50 },
    { count: 1, delayMs: 200 },
  ],
  tracks: {
    x: {
      kind: 'keys',
      keys: [
        [0, 70],
        [100, 100],
      ],
    },
  },
};

export interface MadeTemplate {
  /** Laid over the plain template. */
  readonly template?: object;
  /** @default the plain one; undefined for a folder without */
  readonly drawing?: string | undefined;
}

/** Runs `work` with a folder `disc` that holds the template; its parent is the folder of a templates folder. */
export async function withTemplate<T>(made: MadeTemplate, work: (folder: string) => Promise<T>): Promise<T> {
  const parent = await mkdtemp(path.join(tmpdir(), 'fanfare-templates-'));
  try {
    const folder = path.join(parent, plainTemplate.id);
    await mkdir(folder);
    await writeFile(
      path.join(folder, 'template.json'),
      JSON.stringify({ ...plainTemplate, ...made.template }),
    );
    const drawing = 'drawing' in made ? made.drawing : plainDrawing;
    if (drawing !== undefined) {
      await writeFile(path.join(folder, 'picture.svg'), drawing);
    }
    return await work(folder);
  } finally {
    await rm(parent, { recursive: true, force: true });
  }
}
