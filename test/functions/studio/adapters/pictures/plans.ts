import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Picture } from '../../../../../functions/kernel/drawing/canvas.ts';
import { loadTypeface } from '../../../../../functions/kernel/sharp/load-typeface.ts';
import type { CaptionFont } from '../../../../../functions/studio/adapters/sharp-caption.ts';
import { createPainter } from '../../../../../functions/studio/adapters/sharp-painter.ts';
import type {
  Plan,
  PlannedCaption,
  PlannedFrame,
  PlannedSource,
} from '../../../../../functions/studio/domain/plan.ts';
import type { ProbedSource } from '../../../../../functions/studio/domain/ports.ts';

const folder = path.join(import.meta.dirname, '../../../../../fonts/studio');

/** The classic face with the emoji and the scripts that tests need. */
export async function font(): Promise<CaptionFont> {
  const faces = await Promise.all(
    ['Anton-Regular.ttf', 'NotoSans-Bold.ttf', 'NotoSansArabic-Bold.ttf', 'NotoSansKR-Bold.ttf'].map(
      async (file) => loadTypeface(await readFile(path.join(folder, file))),
    ),
  );
  return { stack: { weight: 400, faces }, lineHeight: 1.15, outlineWidth: 0.06 };
}

export const probedAs = (
  width: number,
  height: number,
  kind: ProbedSource['kind'] = 'still',
): ProbedSource => ({
  kind,
  contentType: kind === 'still' ? 'image/png' : 'image/gif',
  width,
  height,
  delaysMs: [],
  durationMs: 0,
  hasTransparency: false,
  audio: undefined,
  colour: '8 bits, sRGB',
  bytes: 1000,
});

export const uploadOf = (
  width: number,
  height: number,
  geometry: PlannedSource['geometry'] = [],
  kind: ProbedSource['kind'] = 'animation',
): PlannedSource => ({
  input: { kind: 'upload', upload: '01KAH3S1X0QJ5ZK6N9M3R7T2VW' },
  probed: probedAs(width, height, kind),
  geometry,
});

export const frameOf = (over: Partial<PlannedFrame> = {}): PlannedFrame => ({
  atMs: 0,
  durationMs: 0,
  sources: [{ source: 0, frame: 0, weight: 1 }],
  layers: [],
  ...over,
});

export const planOf = (width: number, height: number, over: Partial<Plan> = {}): Plan => ({
  canvas: { width, height },
  sources: [uploadOf(width, height)],
  looks: [],
  layers: [],
  frames: [frameOf()],
  durationMs: 0,
  loop: 1,
  isMoving: false,
  background: undefined,
  sound: { kind: 'none' },
  notes: [],
  output: { format: 'png', quality: 80, dither: false, maxBytes: undefined },
  ...over,
});

export const captionOf = (over: Partial<PlannedCaption> = {}): PlannedCaption => ({
  kind: 'caption',
  index: 0,
  text: 'HELLO',
  font: 'anton',
  box: { left: 20, top: 10, width: 280, height: 60 },
  minSize: 6,
  maxSize: undefined,
  maxLines: 4,
  align: 'centre',
  verticalAlign: 'middle',
  colour: '#ffffff',
  outline: undefined,
  shadow: undefined,
  background: undefined,
  rotate: 0,
  ...over,
});

/** Paints frames of a plan from one picture for every source and overlay, or from what a function answers; tells what it was asked for. */
export async function paintAll(
  plan: Plan,
  source: Picture | ((source: number, frame: number) => Picture),
  overlay?: Picture | ((layer: number, frame: number) => Picture),
): Promise<{ pictures: Picture[]; asked: string[] }> {
  const asked: string[] = [];
  const painter = createPainter(plan, {
    font,
    pixels: {
      source: async (index, frame) => {
        asked.push(`source ${index} ${frame}`);
        return typeof source === 'function' ? source(index, frame) : source;
      },
      overlay: async (index, frame) => {
        asked.push(`overlay ${index} ${frame}`);
        const answer = typeof overlay === 'function' ? overlay(index, frame) : overlay;
        if (answer === undefined) {
          throw new Error('There is no overlay');
        }
        return answer;
      },
    },
  });
  const pictures: Picture[] = [];
  for (const frame of plan.frames) {
    pictures.push(await painter.paint(frame));
  }
  return { pictures, asked };
}

export async function paintOne(
  plan: Plan,
  source: Parameters<typeof paintAll>[1],
  overlay?: Parameters<typeof paintAll>[2],
): Promise<Picture> {
  const [picture] = (await paintAll(plan, source, overlay)).pictures;
  if (picture === undefined) {
    throw new Error('Nothing was painted');
  }
  return picture;
}
