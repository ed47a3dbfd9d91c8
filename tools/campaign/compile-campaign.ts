import { createHash } from 'node:crypto';
import path from 'node:path';
import sharp from 'sharp';
import {
  type Campaign,
  type CompiledCampaign,
  compiledCampaignSchema,
  type Layer,
  type PublishedCampaign,
  type Variant,
} from '../../functions/contracts/campaign.ts';
import type { OutputFormat } from '../../functions/contracts/picture-type.ts';
import { loadTypeface } from '../../functions/kernel/sharp/load-typeface.ts';
import { drawText } from '../../functions/kernel/sharp/draw-text.ts';
import type { FontStack } from '../../functions/kernel/sharp/shape-text.ts';
import type { Picture } from '../../functions/kernel/drawing/canvas.ts';
import { parseColour } from '../../functions/kernel/drawing/colour.ts';
import type { Size } from '../../functions/kernel/drawing/crop.ts';
import { layerText, slotsIn } from '../../functions/personalise/domain/layer-text.ts';
import { CampaignFiles } from './campaign-files.ts';
import { checkCampaign } from './check-campaign.ts';
import { checkTexts } from './check-texts.ts';
import { type Flattened, flattenLayers } from './flatten-layers.ts';
import { rasterise } from './image-file.ts';
import { CampaignError } from './problem.ts';
import { readCampaign } from './read-campaign.ts';
import { slotCoverage } from './slot-coverage.ts';

/** A campaign ready to be published. */
export interface Compilation {
  /** `campaign.json` of the published folder. */
  readonly campaign: CompiledCampaign;
  /** The campaign's entry in `campaigns/index.json`. */
  readonly published: PublishedCampaign;
  /** The files that the compiled campaign names. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** The photo for previews, as the author gave it; undefined for the neutral one. */
  readonly previewPhoto: Uint8Array | undefined;
}

/** Of 9, where files are a twentieth smaller and take three times the time. */
const compressionLevel = 6;

/** The ending of a file in this format. */
export const extensionOf = (format: OutputFormat): string => (format === 'jpeg' ? 'jpg' : format);

/**
 * Checks the campaign in `folder` and does everything for it that can be done before there is a photo: draws SVG and scales images to their
 * final size, draws what is the same for everybody into as few pictures as possible, finds out which characters people may write.
 * Throws a CampaignError that names everything that is wrong.
 */
export async function compileCampaign(folder: string): Promise<Compilation> {
  const campaign = await readCampaign(folder);
  const files = new CampaignFiles(folder);
  const { problems, characters } = await checkCampaign(campaign, files, path.basename(path.resolve(folder)));
  if (problems.length > 0) {
    throw new CampaignError(folder, problems);
  }
  const slots = campaign.slots.map((slot) => ({ ...slot, ...slotCoverage(slot.id, campaign, characters) }));
  const stacks = await loadStacks(campaign, files);
  const textProblems = await checkTexts({ ...campaign, slots }, stacks);
  if (textProblems.length > 0) {
    throw new CampaignError(folder, textProblems);
  }
  const output = new Map<string, Uint8Array>();
  const variants: Variant[] = [];
  for (const variant of campaign.variants) {
    variants.push({ ...variant, layers: await compileLayers(variant, { files, stacks, output }) });
  }
  const fonts = usedFonts(campaign, variants);
  for (const file of fonts.flatMap((font) => font.files)) {
    output.set(file, await files.get(file));
  }
  const { $schema: _schema, previewPhoto, ...kept } = campaign;
  const content = { ...kept, fonts, variants };
  const version = versionOf(content, output);
  return {
    campaign: compiledCampaignSchema.parse({ ...content, version }),
    published: publish(campaign, slots, version),
    files: output,
    previewPhoto: previewPhoto === undefined ? undefined : await files.get(previewPhoto),
  };
}

async function loadStacks(
  { fonts }: Campaign,
  files: CampaignFiles,
): Promise<ReadonlyMap<string, FontStack>> {
  const stacks = new Map<string, FontStack>();
  for (const { id, weight, files: names } of fonts) {
    const bytes = await Promise.all(names.map((name) => files.get(name)));
    stacks.set(id, { weight, faces: await Promise.all(bytes.map(loadTypeface)) });
  }
  return stacks;
}

interface Workshop {
  readonly files: CampaignFiles;
  readonly stacks: ReadonlyMap<string, FontStack>;
  readonly output: Map<string, Uint8Array>;
}

async function compileLayers(variant: Variant, { files, stacks, output }: Workshop): Promise<Layer[]> {
  const layers: Flattened<Layer>[] = [];
  for (const layer of variant.layers) {
    const drawn = await drawStatic(layer, variant, files, stacks);
    layers.push(drawn === 'dynamic' ? { kind: 'dynamic', layer } : { kind: 'static', placed: drawn });
  }
  const compiled: Layer[] = [];
  for (const item of flattenLayers(layers, variant, parseColour(variant.background))) {
    if (item.kind === 'dynamic') {
      compiled.push(await withCompiledMask(item.layer, { files, output }));
    } else {
      const { picture, left, top } = item.placed;
      const source = await addPicture(picture, output);
      const { width, height } = picture;
      compiled.push({ type: 'image', source, box: { left, top, width, height }, opacity: 1 });
    }
  }
  return compiled;
}

async function drawStatic(
  layer: Layer,
  variant: Variant,
  files: CampaignFiles,
  stacks: ReadonlyMap<string, FontStack>,
) {
  if (layer.type === 'image') {
    const box = layer.box ?? { left: 0, top: 0, width: variant.width, height: variant.height };
    const picture = await rasterise(await files.get(layer.source), box, layer.opacity);
    return { picture, left: box.left, top: box.top };
  }
  const stack =
    layer.type === 'text' && slotsIn(layer.text).length === 0 ? stacks.get(layer.font) : undefined;
  if (layer.type !== 'text' || stack === undefined) {
    return 'dynamic' as const;
  }
  const nothing = { data: new Uint8Array(4), width: 1, height: 1, channels: 4 } as const;
  return (await drawText(layer, layerText(layer, {}), stack)) ?? { picture: nothing, left: 0, top: 0 };
}

async function withCompiledMask(
  layer: Layer,
  { files, output }: Pick<Workshop, 'files' | 'output'>,
): Promise<Layer> {
  if (layer.type !== 'photo' || typeof layer.shape === 'string') {
    return layer;
  }
  const mask = await rasteriseMask(await files.get(layer.shape.mask), layer.box);
  return { ...layer, shape: { mask: await addPicture(mask, output) } };
}

/** The mask at the size of the photo, as alpha. */
async function rasteriseMask(bytes: Uint8Array, size: Size): Promise<Picture> {
  const picture = await rasterise(bytes, size);
  if (picture.channels === 4) {
    return picture;
  }
  const { data } = picture;
  const alpha = new Uint8Array(size.width * size.height * 4);
  for (let from = 0, to = 3; from < data.length; from += 3, to += 4) {
    const [red = 0, green = 0, blue = 0] = data.subarray(from, from + 3);
    alpha[to] = Math.round(0.2126 * red + 0.7152 * green + 0.0722 * blue);
  }
  return { data: alpha, width: size.width, height: size.height, channels: 4 };
}

async function addPicture({ data, ...raw }: Picture, output: Map<string, Uint8Array>): Promise<string> {
  const png = await sharp(data, { raw }).png({ compressionLevel }).toBuffer();
  const name = `images/${hashOf(png)}.png`;
  output.set(name, png);
  return name;
}

/** The fonts that are still drawn with when what is the same for everybody has been drawn. */
function usedFonts({ fonts }: Campaign, variants: readonly Variant[]): Campaign['fonts'] {
  const used = new Set(
    variants.flatMap(({ layers }) => layers.flatMap((layer) => (layer.type === 'text' ? layer.font : []))),
  );
  return fonts.filter(({ id }) => used.has(id));
}

function publish(campaign: Campaign, slots: PublishedCampaign['slots'], version: string): PublishedCampaign {
  const { id, title, description, opensAt, closesAt, limits } = campaign;
  return {
    id,
    version,
    title,
    description,
    opensAt,
    closesAt,
    limits,
    slots,
    variants: campaign.variants.map(({ id: variant, label, width, height, format }) => ({
      id: variant,
      label,
      width,
      height,
      format,
      previewUrl: `/personalise/previews/${id}/${version}/${variant}.${extensionOf(format)}`,
    })),
  };
}

function versionOf(content: object, files: ReadonlyMap<string, Uint8Array>): string {
  const hashes = Array.from(files, ([name, bytes]) => `${name} ${hashOf(bytes)}`).toSorted();
  return hashOf(JSON.stringify([content, hashes]));
}

function hashOf(content: Uint8Array | string): string {
  return createHash('sha256').update(content).digest('hex').slice(0, 16);
}
