import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { stickersSchema } from '../../functions/contracts/template.ts';
import type { Picture } from '../../functions/kernel/drawing/canvas.ts';
import type { CampaignProblem as Problem } from '../campaign/problem.ts';
import { pointerTo } from '../campaign/problem.ts';
import { rasterise } from '../campaign/image-file.ts';
import { readIfThere } from '../read-if-there.ts';
import { checkDrawing } from './check-drawing.ts';
import { TemplateError } from './problem.ts';
import { readJson } from './read-json.ts';

/** Pixels of a sticker's longer side: enough to fill most of a picture. */
const longerSide = 512;

export interface CompiledSticker {
  readonly id: string;
  readonly name: string;
  readonly keywords: readonly string[];
  readonly picture: Picture;
}

/** Checks and draws every sticker of a folder. Throws a TemplateError that names everything that is wrong. */
export async function compileStickers(folder: string): Promise<CompiledSticker[]> {
  const { stickers } = await readJson(path.join(folder, 'stickers.json'), stickersSchema);
  const problems: Problem[] = [];
  const drawn: CompiledSticker[] = [];
  for (const [index, sticker] of stickers.entries()) {
    const report = (detail: string): number =>
      problems.push({ pointer: pointerTo('stickers', index, 'id'), detail });
    const svg = await readIfThere(path.join(folder, `${sticker.id}.svg`));
    const wrong = svg === undefined ? [`There is no file ${sticker.id}.svg.`] : checkDrawing(svg);
    if (stickers.findIndex(({ id }) => id === sticker.id) < index) {
      wrong.push(`“${sticker.id}” is there twice.`);
    }
    wrong.forEach(report);
    if (svg !== undefined && wrong.length === 0) {
      const picture = await drawSticker(svg);
      if (picture.channels === 3) {
        report('It has no transparent part: a sticker lies on something.');
      }
      drawn.push({ ...sticker, picture });
    }
  }
  const drawings = (await readdir(folder)).filter((name) => name.endsWith('.svg'));
  for (const name of drawings.filter((each) => !stickers.some(({ id }) => `${id}.svg` === each))) {
    problems.push({ pointer: '/stickers', detail: `${name} is there, but no sticker is drawn in it.` });
  }
  if (problems.length > 0) {
    throw new TemplateError(folder, problems);
  }
  return drawn;
}

async function drawSticker(svg: string): Promise<Picture> {
  const [, , width = 1, height = 1] = (/\bviewBox="([^"]*)"/u.exec(svg)?.[1] ?? '')
    .split(/[\s,]+/u)
    .map(Number);
  const scale = longerSide / Math.max(width, height);
  return await rasterise(new TextEncoder().encode(svg), {
    width: Math.round(width * scale),
    height: Math.round(height * scale),
  });
}
