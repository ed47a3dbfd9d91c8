import { createPreview, type Preview } from '../../../../../console/src/editor/preview/preview.ts';
import type { PreviewHarness } from './harness.ts';

const canvas = document.createElement('canvas');
document.body.append(canvas);
let preview: Preview | undefined;
let files: ReadonlyMap<string, Blob> = new Map();

const fromBase64 = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

function toBase64(bytes: Uint8ClampedArray): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192) {
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  }
  return btoa(text);
}

const opened = (): Preview => {
  if (preview === undefined) {
    throw new Error('There is no preview yet');
  }
  return preview;
};

const harness: PreviewHarness = {
  open: async (contents) => {
    preview?.close();
    files = new Map(Object.entries(contents).map(([name, text]) => [name, new Blob([fromBase64(text)])]));
    const response = await fetch('/library.json');
    preview = createPreview((name) => files.get(name), await response.json());
  },
  show: async (recipe) => await opened().show(recipe),
  paint: async (atMs) => {
    await opened().paint(canvas, atMs);
    const context = canvas.getContext('2d');
    if (context === null) {
      throw new Error('The canvas has no context');
    }
    const { data, width, height } = context.getImageData(0, 0, canvas.width, canvas.height);
    return { width, height, pixels: toBase64(data) };
  },
  captionBox: (index, atMs) => opened().captionBox(index, atMs),
  thumbnails: async (count, height) =>
    (await opened().thumbnails(count, height)).map(({ atMs, picture }) => ({
      atMs,
      width: picture.width,
      height: picture.height,
    })),
  type: async (recipes) => {
    const times: number[] = [];
    for (const recipe of recipes) {
      const before = performance.now();
      await opened().show(recipe);
      await opened().paint(canvas, 0);
      // Whatever the browser put off is done before a pixel can be read.
      canvas.getContext('2d')?.getImageData(0, 0, 1, 1);
      times.push(performance.now() - before);
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    return times;
  },
  scrub: async (moments) => {
    const before = performance.now();
    for (const atMs of moments) {
      await opened().paint(canvas, atMs);
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    return performance.now() - before;
  },
};
Object.assign(globalThis, { harness });
