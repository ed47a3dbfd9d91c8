import path from 'node:path';
import { type Template, templateSchema } from '../../functions/contracts/template.ts';
import { createCanvas, drawPicture, type Picture } from '../../functions/kernel/drawing/canvas.ts';
import { parseColour } from '../../functions/kernel/drawing/colour.ts';
import type { PlacedPicture } from '../../functions/kernel/drawing/paint-text.ts';
import { rasterise } from '../campaign/image-file.ts';
import { readIfThere } from '../read-if-there.ts';
import { delaysOf, drawingsOf } from './animation.ts';
import { checkTemplate } from './check-template.ts';
import { drawExample } from './draw-caption.ts';
import { TemplateError } from './problem.ts';
import { readJson } from './read-json.ts';
import { studioFonts } from './studio-fonts.ts';

/** A template with its drawing drawn. */
export interface CompiledTemplate {
  readonly template: Template;
  /** One for a still. Three channels each. Frames that look the same are the same picture. */
  readonly frames: readonly Picture[];
  /** One for each frame; none for a still. */
  readonly delaysMs: readonly number[];
}

/** Reads `template.json` of a folder and the drawing that it names. Throws a TemplateError that names everything that is wrong. */
export async function readTemplate(folder: string): Promise<{ template: Template; drawing: string }> {
  const template = await readJson(path.join(folder, 'template.json'), templateSchema);
  const drawing = await readIfThere(path.join(folder, template.picture));
  const folderName = path.basename(path.resolve(folder));
  const problems = await checkTemplate({ template, drawing, folderName, fonts: await studioFonts() });
  if (drawing === undefined || problems.length > 0) {
    throw new TemplateError(folder, problems);
  }
  return { template, drawing };
}

/** Checks the template in `folder` and draws each of its frames, without captions. Throws a TemplateError. */
export async function compileTemplate(folder: string): Promise<CompiledTemplate> {
  const { template, drawing } = await readTemplate(folder);
  const { animation } = template;
  const drawn = new Map<string, Picture>();
  const frames: Picture[] = [];
  for (const each of animation === undefined ? [drawing] : drawingsOf(drawing, animation)) {
    const frame = drawn.get(each) ?? opaque(await rasterise(new TextEncoder().encode(each), template));
    drawn.set(each, frame);
    frames.push(frame);
  }
  return { template, frames, delaysMs: animation === undefined ? [] : delaysOf(animation) };
}

/** The template's frames with its examples written on them. */
export async function withExamples({ template, frames }: CompiledTemplate): Promise<readonly Picture[]> {
  const captions = await drawExamples(template);
  const written = new Map<Picture, Picture>();
  return frames.map((frame) => {
    const known = written.get(frame) ?? writeOn(frame, captions);
    written.set(frame, known);
    return known;
  });
}

function writeOn(frame: Picture, captions: readonly PlacedPicture[]): Picture {
  const canvas = { ...frame, data: frame.data.slice() };
  for (const { picture, left, top } of captions) {
    drawPicture(canvas, picture, { left, top });
  }
  return canvas;
}

async function drawExamples(template: Template): Promise<PlacedPicture[]> {
  const fonts = await studioFonts();
  const drawn: PlacedPicture[] = [];
  for (const slot of template.captions.keys()) {
    const placed = await drawExample(template, slot, fonts);
    if (placed !== undefined) {
      drawn.push(placed);
    }
  }
  return drawn;
}

/** What a drawing leaves open is white: every frame covers the one before. */
function opaque(picture: Picture): Picture {
  if (picture.channels === 3) {
    return picture;
  }
  const canvas = createCanvas(picture.width, picture.height, parseColour('#ffffff'));
  drawPicture(canvas, picture, { left: 0, top: 0 });
  return canvas;
}
