import sharp, { type OverlayOptions, type Sharp } from 'sharp';
import type {
  CompiledCampaign,
  ImageLayer,
  PhotoLayer,
  TextLayer,
  Variant,
} from '../../../functions/contracts/campaign.ts';
import { layerText } from '../../../functions/personalise/domain/layer-text.ts';

/** A variant with everything ready that could be made ready before there is a photo, as in a script written for this one picture. */
export interface Prepared {
  readonly variant: Variant;
  readonly photo: PhotoLayer;
  readonly images: ReadonlyMap<ImageLayer, Raw>;
  readonly texts: ReadonlyMap<TextLayer, { readonly markup: string; readonly fontfile: string }>;
  /** What cuts the photo, if it is not a rectangle. */
  readonly cut: Raw | undefined;
}

interface Raw {
  readonly data: Buffer;
  readonly raw: { readonly width: number; readonly height: number; readonly channels: 3 | 4 };
}

/** The size of text in a script that knows its words, instead of finding it out: half the box's height. */
const knownSize = 0.5;

export async function prepare(
  variant: Variant,
  campaign: CompiledCampaign,
  slots: Readonly<Record<string, string>>,
  fileOf: (name: string) => Promise<string>,
): Promise<Prepared> {
  const photo = variant.layers.find((layer) => layer.type === 'photo');
  if (photo === undefined) {
    throw new Error('The variant draws no photo');
  }
  const images = new Map<ImageLayer, Raw>();
  const texts = new Map<TextLayer, { markup: string; fontfile: string }>();
  for (const layer of variant.layers) {
    if (layer.type === 'image') {
      images.set(layer, await decode(await fileOf(layer.source)));
    } else if (layer.type === 'text' && layerText(layer, slots) !== '') {
      const font = campaign.fonts.find(({ id }) => id === layer.font);
      const size = Math.round(layer.box.height * knownSize * 1024);
      texts.set(layer, {
        markup: `<span font_family="${font?.family}" size="${size}" foreground="${layer.colour.slice(0, 7)}">${layerText(layer, slots)}</span>`,
        fontfile: await fileOf(font?.files[0] ?? ''),
      });
    }
  }
  return { variant, photo, images, texts, cut: await cutOf(photo, fileOf) };
}

/** The least that a person would write to make this picture with sharp: decode, crop, cut, compose, encode; what is the same every time is at hand. */
export async function handWritten(
  bytes: Buffer,
  { variant, photo, images, texts, cut }: Prepared,
): Promise<Buffer> {
  const { width, height } = photo.box;
  const position = photo.focus === 'attention' ? 'attention' : 'centre';
  const cropped = sharp(bytes).autoOrient().resize(width, height, { fit: 'cover', position });
  const shaped =
    cut === undefined ? cropped : cropped.composite([{ input: cut.data, raw: cut.raw, blend: 'dest-in' }]);
  const { data, info } = await shaped.raw().toBuffer({ resolveWithObject: true });
  const layers: OverlayOptions[] = [];
  for (const layer of variant.layers) {
    const { left, top } = layer.box ?? { left: 0, top: 0 };
    const image = layer.type === 'image' ? images.get(layer) : undefined;
    const text = layer.type === 'text' ? texts.get(layer) : undefined;
    if (layer.type === 'photo') {
      layers.push({ input: data, raw: info, left, top });
    } else if (image !== undefined) {
      layers.push({ input: image.data, raw: image.raw, left, top });
    } else if (text !== undefined) {
      layers.push({
        input: { text: { text: text.markup, fontfile: text.fontfile, dpi: 72, rgba: true } },
        left,
        top,
      });
    }
  }
  return await bottomOf(variant, layers).toFormat(variant.format, { quality: variant.quality }).toBuffer();
}

/** A layer that covers everything is the canvas. */
function bottomOf({ width, height, background }: Variant, layers: readonly OverlayOptions[]): Sharp {
  const [bottom, ...above] = layers;
  return Buffer.isBuffer(bottom?.input) && bottom.raw?.width === width && bottom.raw.height === height
    ? sharp(bottom.input, { raw: bottom.raw }).composite(above)
    : sharp({ create: { width, height, channels: 3, background } }).composite([...layers]);
}

async function decode(file: string): Promise<Raw> {
  const { data, info } = await sharp(file).raw().toBuffer({ resolveWithObject: true });
  return { data, raw: { width: info.width, height: info.height, channels: info.channels === 3 ? 3 : 4 } };
}

async function cutOf(
  { shape, box: { width, height } }: PhotoLayer,
  fileOf: (name: string) => Promise<string>,
): Promise<Raw | undefined> {
  if (typeof shape === 'object') {
    return await decode(await fileOf(shape.mask));
  }
  if (shape === 'rectangle') {
    return undefined;
  }
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><ellipse cx="${width / 2}" cy="${height / 2}" rx="${width / 2}" ry="${height / 2}"/></svg>`;
  const { data, info } = await sharp(Buffer.from(svg))
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, raw: { width: info.width, height: info.height, channels: 4 } };
}
