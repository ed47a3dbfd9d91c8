import type { Template, TemplateCaption } from '../../functions/contracts/template.ts';
import { PermanentError } from '../../functions/kernel/errors.ts';
import { graphemes } from '../../functions/kernel/drawing/graphemes.ts';
import { type CampaignProblem as Problem, pointerTo } from '../campaign/problem.ts';
import { delaysOf, placeholdersIn } from './animation.ts';
import { checkDrawing } from './check-drawing.ts';
import { drawExample } from './draw-caption.ts';
import type { StudioFont } from './studio-fonts.ts';

/** More would not fit in the memory of a function that draws them. */
const maxFrames = 120;
const maxAnimatedPixels = 60_000_000;

export interface TemplateParts {
  readonly template: Template;
  /** The SVG; undefined when there is no such file. */
  readonly drawing: string | undefined;
  readonly folderName: string;
  readonly fonts: readonly StudioFont[];
}

/** What the schema cannot see. Finds everything at once. */
export async function checkTemplate(parts: TemplateParts): Promise<Problem[]> {
  const { template, drawing, folderName } = parts;
  const problems: Problem[] = [];
  const report: Report = (detail, ...at) => problems.push({ pointer: pointerTo(...at), detail });
  if (template.id !== folderName) {
    report(`The id is “${template.id}”, but the folder is called “${folderName}”; they must be equal.`, 'id');
  }
  if (drawing === undefined) {
    report(`There is no file ${template.picture}.`, 'picture');
  } else {
    for (const problem of checkDrawing(drawing, template)) {
      report(problem, 'picture');
    }
    checkTracks(template, placeholdersIn(drawing), report);
  }
  checkAnimation(template, report);
  for (const [index, caption] of template.captions.entries()) {
    await checkCaption(caption, index, parts, (detail, ...at) => report(detail, 'captions', index, ...at));
  }
  return problems;
}

type Report = (detail: string, ...at: readonly PropertyKey[]) => void;

function checkTracks({ animation }: Template, placeholders: readonly string[], report: Report): void {
  const tracks = Object.keys(animation?.tracks ?? {});
  for (const name of placeholders.filter((each) => !tracks.includes(each))) {
    report(
      animation === undefined
        ? `The drawing has {{${name}}}, but the template is a still.`
        : `The drawing has {{${name}}}, but there is no such track.`,
      'animation',
    );
  }
  for (const name of tracks.filter((each) => !placeholders.includes(each))) {
    report(`The drawing has no {{${name}}}.`, 'animation', 'tracks', name);
  }
}

function checkAnimation({ animation, width, height }: Template, report: Report): void {
  if (animation === undefined) {
    return;
  }
  const delays = delaysOf(animation);
  const durationMs = delays.reduce((sum, delay) => sum + delay, 0);
  if (delays.length < 2 || delays.length > maxFrames) {
    report(`An animation has 2 to ${maxFrames} frames, not ${delays.length}.`, 'animation', 'frames');
  }
  if (delays.length * width * height > maxAnimatedPixels) {
    report(
      `${delays.length} frames of ${width} × ${height} are more than ${maxAnimatedPixels / 1e6} million pixels: make it smaller or shorter.`,
      'animation',
      'frames',
    );
  }
  for (const [name, track] of Object.entries(animation.tracks)) {
    const at = ['animation', 'tracks', name];
    if (track.kind === 'wave' && durationMs % track.periodMs !== 0) {
      report(
        `It jumps where the animation begins again: ${durationMs} ms are not whole periods.`,
        ...at,
        'periodMs',
      );
    }
    if (
      track.kind === 'keys' &&
      track.keys.some(([time], index) => index > 0 && time <= (track.keys[index - 1]?.[0] ?? 0))
    ) {
      report('Its times do not ascend.', ...at, 'keys');
    }
  }
}

async function checkCaption(
  caption: TemplateCaption,
  slot: number,
  { template, fonts }: TemplateParts,
  report: Report,
): Promise<void> {
  if (!liesInside(caption, template)) {
    report('The box reaches beyond the picture.', 'box');
    return;
  }
  if (caption.maxSize < caption.minSize) {
    report(`maxSize (${caption.maxSize}) is smaller than minSize (${caption.minSize}).`, 'maxSize');
    return;
  }
  const font = fonts.find(({ id }) => id === caption.font);
  if (font === undefined) {
    report(`There is no font “${caption.font}” among ${fonts.map(({ id }) => id).join(', ')}.`, 'font');
    return;
  }
  const undrawable = graphemes(caption.example).filter(
    (character) =>
      character.trim() !== '' &&
      !font.files.some(({ characters }) => characters.has(character.codePointAt(0) ?? 0)),
  );
  if (undrawable.length > 0) {
    report(`No font has ${undrawable.map((each) => `“${each}”`).join(', ')}.`, 'example');
    return;
  }
  try {
    await drawExample(template, slot, fonts);
  } catch (error) {
    if (!(error instanceof PermanentError)) {
      throw error;
    }
    report(error.message, 'example');
  }
}

/** Whether every corner of the box, turned, is in the picture. */
export function liesInside(
  { box, rotate }: Pick<TemplateCaption, 'box' | 'rotate'>,
  { width, height }: Pick<Template, 'width' | 'height'>,
): boolean {
  const angle = (rotate * Math.PI) / 180;
  const [halfWidth, halfHeight] = [(box.width * width) / 2, (box.height * height) / 2];
  const reachX = Math.abs(halfWidth * Math.cos(angle)) + Math.abs(halfHeight * Math.sin(angle));
  const reachY = Math.abs(halfWidth * Math.sin(angle)) + Math.abs(halfHeight * Math.cos(angle));
  const [x, y] = [box.left * width + halfWidth, box.top * height + halfHeight];
  const half = 0.5;
  return (
    x - reachX >= -half && y - reachY >= -half && x + reachX <= width + half && y + reachY <= height + half
  );
}
