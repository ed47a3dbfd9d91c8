import path from 'node:path';
import type { Campaign, Layer, PhotoLayer, TextLayer, Variant } from '../../functions/contracts/campaign.ts';
import { parseColour } from '../../functions/kernel/drawing/colour.ts';
import type { Box } from '../../functions/kernel/drawing/crop.ts';
import { layerText, slotsIn } from '../../functions/personalise/domain/layer-text.ts';
import type { CampaignFiles } from './campaign-files.ts';
import { type FontFile, readFontFile } from './font-file.ts';
import { checkImage } from './image-file.ts';
import { type CampaignProblem, pointerTo } from './problem.ts';

export interface CheckedCampaign {
  readonly problems: readonly CampaignProblem[];
  /** The code points that each font's files cover together, by the font's id. */
  readonly characters: ReadonlyMap<string, ReadonlySet<number>>;
}

/** What the schema cannot see: names that refer to nothing, files that are not there, sizes that cannot be. Finds everything at once. */
export async function checkCampaign(
  campaign: Campaign,
  files: CampaignFiles,
  folderName: string,
): Promise<CheckedCampaign> {
  const problems: CampaignProblem[] = [];
  const report: Report = (detail, ...at) => problems.push({ pointer: pointerTo(...at), detail });
  if (campaign.id !== folderName) {
    report(`The id is “${campaign.id}”, but the folder is called “${folderName}”; they must be equal.`, 'id');
  }
  if (Date.parse(campaign.opensAt) >= Date.parse(campaign.closesAt)) {
    report(`The campaign closes (${campaign.closesAt}) before it opens (${campaign.opensAt}).`, 'closesAt');
  }
  for (const kind of ['fonts', 'slots', 'variants'] as const) {
    reportRepeated(campaign[kind], kind, report);
  }
  const characters = await checkFonts(campaign, files, report);
  for (const [index, variant] of campaign.variants.entries()) {
    await checkVariant(variant, ['variants', index], { campaign, files, characters, report });
  }
  reportUnused(campaign, report);
  if (campaign.previewPhoto !== undefined) {
    await reportImage(campaign.previewPhoto, ['previewPhoto'], files, report);
  }
  return { problems, characters };
}

type Report = (detail: string, ...at: readonly PropertyKey[]) => void;

interface Context {
  readonly campaign: Campaign;
  readonly files: CampaignFiles;
  readonly characters: ReadonlyMap<string, ReadonlySet<number>>;
  readonly report: Report;
}

function reportRepeated(items: readonly { readonly id: string }[], kind: string, report: Report): void {
  for (const [index, { id }] of items.entries()) {
    if (items.findIndex((other) => other.id === id) < index) {
      report(`“${id}” is there twice.`, kind, index, 'id');
    }
  }
}

function reportUnused({ slots, fonts, variants }: Campaign, report: Report): void {
  const texts = variants.flatMap(({ layers }) => layers.filter((layer) => layer.type === 'text'));
  const drawn = new Set(texts.flatMap(({ text }) => slotsIn(text)));
  for (const [index, { id }] of slots.entries()) {
    if (!drawn.has(id)) {
      report(`People are asked for “${id}”, but no text layer draws it.`, 'slots', index);
    }
  }
  for (const [index, { id }] of fonts.entries()) {
    if (!texts.some(({ font }) => font === id)) {
      report(`No text layer uses the font “${id}”.`, 'fonts', index);
    }
  }
}

async function checkFonts(
  { fonts }: Campaign,
  files: CampaignFiles,
  report: Report,
): Promise<ReadonlyMap<string, ReadonlySet<number>>> {
  const characters = new Map<string, Set<number>>();
  for (const [index, font] of fonts.entries()) {
    const covered = new Set<number>();
    for (const [fileIndex, file] of font.files.entries()) {
      const read = await readFont(file, files, (detail) =>
        report(detail, 'fonts', index, 'files', fileIndex),
      );
      for (const codePoint of read?.characters ?? []) {
        covered.add(codePoint);
      }
      if (read !== undefined && fileIndex === 0) {
        checkFace(font, read, (detail, ...at) => report(detail, 'fonts', index, ...at));
      }
    }
    characters.set(font.id, covered);
  }
  return characters;
}

function checkFace(font: Campaign['fonts'][number], file: FontFile, report: Report): void {
  if (!file.families.includes(font.family)) {
    const families = file.families.map((family) => `“${family}”`).join(' or ');
    report(`The family is called “${font.family}”, but the file calls it ${families}.`, 'family');
  }
  if (file.weights !== undefined && (font.weight < file.weights.min || font.weight > file.weights.max)) {
    report(
      `The weight is ${font.weight}, but the file goes from ${file.weights.min} to ${file.weights.max}.`,
      'weight',
    );
  }
}

async function readFont(
  file: string,
  files: CampaignFiles,
  report: (detail: string) => void,
): Promise<FontFile | undefined> {
  const bytes = await files.find(file);
  if (bytes === undefined) {
    report(`There is no file ${file}.`);
    return undefined;
  }
  try {
    return readFontFile(bytes);
  } catch (error) {
    report(`${file} cannot be read as a TTF or OTF font: ${reasonOf(error)}.`);
    return undefined;
  }
}

async function checkVariant(variant: Variant, at: readonly PropertyKey[], context: Context): Promise<void> {
  if (!variant.layers.some(({ type }) => type === 'photo')) {
    context.report(
      'The variant draws no photo: one of its layers must be of the type “photo”.',
      ...at,
      'layers',
    );
  }
  if (variant.format === 'jpeg' && parseColour(variant.background).alpha < 255) {
    context.report(
      'A JPEG cannot be transparent: give an opaque background, or another format.',
      ...at,
      'background',
    );
  }
  for (const [index, layer] of variant.layers.entries()) {
    const here = [...at, 'layers', index];
    if (layer.box !== undefined && !overlaps(layer.box, variant)) {
      context.report(
        `The box lies outside of the variant (${variant.width} × ${variant.height}).`,
        ...here,
        'box',
      );
    }
    await checkLayer(layer, here, context);
  }
}

async function checkLayer(layer: Layer, at: readonly PropertyKey[], context: Context): Promise<void> {
  switch (layer.type) {
    case 'image':
      return await reportImage(layer.source, [...at, 'source'], context.files, context.report);
    case 'photo':
      return await checkMask(layer, at, context);
    case 'text':
      return checkText(layer, at, context);
  }
}

async function checkMask({ shape }: PhotoLayer, at: readonly PropertyKey[], context: Context): Promise<void> {
  if (typeof shape === 'object') {
    await reportImage(shape.mask, [...at, 'shape', 'mask'], context.files, context.report);
  }
}

async function reportImage(
  file: string,
  at: readonly PropertyKey[],
  files: CampaignFiles,
  report: Report,
): Promise<void> {
  const bytes = await files.find(file);
  const problem =
    bytes === undefined ? `There is no file ${file}.` : await checkImage(path.basename(file), bytes);
  if (problem !== undefined) {
    report(problem, ...at);
  }
}

function checkText(
  layer: TextLayer,
  at: readonly PropertyKey[],
  { campaign, characters, report }: Context,
): void {
  const stack = characters.get(layer.font);
  if (stack === undefined) {
    report(`There is no font “${layer.font}” among ${listed(campaign.fonts)}.`, ...at, 'font');
  }
  for (const slot of new Set(slotsIn(layer.text))) {
    if (!campaign.slots.some(({ id }) => id === slot)) {
      report(`There is no slot “${slot}” among ${listed(campaign.slots)}.`, ...at, 'text');
    }
  }
  if (layer.maxSize < layer.minSize) {
    report(`maxSize (${layer.maxSize}) is smaller than minSize (${layer.minSize}).`, ...at, 'maxSize');
  }
  const room = layer.box.height - 2 * (layer.outline?.width ?? 0);
  if (room < layer.minSize * layer.lineHeight) {
    report(
      `One line needs ${Math.ceil(layer.minSize * layer.lineHeight)} pixels at minSize; the box leaves ${room} for it.`,
      ...at,
      'box',
      'height',
    );
  }
  const fixed = layerText(layer, {});
  const undrawable = [...new Set(fixed)].filter(
    (character) => character !== ' ' && stack !== undefined && !stack.has(character.codePointAt(0) ?? 0),
  );
  if (undrawable.length > 0) {
    report(
      `The font “${layer.font}” cannot draw ${undrawable.map((character) => `“${character}”`).join(', ')}.`,
      ...at,
      'text',
    );
  }
}

function overlaps(box: Box, { width, height }: Variant): boolean {
  return box.left < width && box.top < height && box.left + box.width > 0 && box.top + box.height > 0;
}

function listed(items: readonly { readonly id: string }[]): string {
  return items.length === 0 ? 'none' : items.map(({ id }) => `“${id}”`).join(', ');
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
