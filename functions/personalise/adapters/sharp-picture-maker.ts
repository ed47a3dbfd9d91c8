import type {
  CompiledCampaign,
  ImageLayer,
  PhotoLayer,
  TextLayer,
  Variant,
} from '../../contracts/campaign.ts';
import { ByteBudgetCache } from '../../kernel/drawing/byte-budget-cache.ts';
import { createCanvas, drawPicture, type Picture } from '../../kernel/drawing/canvas.ts';
import { circleMask } from '../../kernel/drawing/circle-mask.ts';
import { parseColour } from '../../kernel/drawing/colour.ts';
import type { FocalPoint } from '../../kernel/drawing/crop.ts';
import { givenFocus } from '../domain/given-focus.ts';
import { layerText } from '../domain/layer-text.ts';
import type { Mask } from '../../kernel/drawing/outline.ts';
import type { CampaignAssets, PictureMaker, RenderedPicture } from '../domain/ports.ts';
import { encodeStill } from '../../kernel/sharp/encode-still.ts';
import { prepareEngine } from '../../kernel/sharp/engine.ts';
import { type LoadedTypeface, loadTypeface } from '../../kernel/sharp/load-typeface.ts';
import { decodeImage, decodeMask } from './sharp-image-layer.ts';
import { coverBox, decodePhoto } from './sharp-photo.ts';
import { findAttention } from '../../kernel/sharp/find-attention.ts';
import { drawText } from '../../kernel/sharp/draw-text.ts';
import { countBuffersAsHeap } from '../../kernel/count-buffers-as-heap.ts';
import { letGo } from '../../kernel/let-go.ts';
import type { FontStack } from '../../kernel/sharp/shape-text.ts';

export interface PictureMakerDeps {
  readonly assets: Pick<CampaignAssets, 'file'>;
  /** How much memory decoded images of campaigns may take between renders. @default 96 MiB */
  readonly imageCacheBytes?: number;
}

/** A decoded photo and where people look in it, found out when a layer asks. */
interface Seen {
  readonly photo: Picture;
  readonly attention: () => Promise<FocalPoint>;
}

type Slots = Readonly<Record<string, string>>;

/** Draws with sharp. What a campaign brings (images, masks, fonts) is decoded once and kept; nothing of a photo is. */
export function createPictureMaker({
  assets,
  imageCacheBytes = 96 * 1024 ** 2,
}: PictureMakerDeps): PictureMaker {
  prepareEngine();
  countBuffersAsHeap();
  const pictures = new ByteBudgetCache<Picture>(imageCacheBytes, ({ data }) => data.length);
  const masks = new ByteBudgetCache<Mask>(imageCacheBytes / 4, ({ data }) => data.length);
  // A stack is a few names; the files behind them stay with the text engine.
  const stacks = new ByteBudgetCache<ReadonlyMap<string, FontStack>>(64, () => 1);

  const fontsOf = (campaign: CompiledCampaign): Promise<ReadonlyMap<string, FontStack>> =>
    stacks.get(`${campaign.id}/${campaign.version}`, async () => {
      const names = new Set(campaign.fonts.flatMap(({ files }) => files));
      const faces = new Map(
        await Promise.all(
          Array.from(names, async (name): Promise<[string, LoadedTypeface]> => [
            name,
            await loadTypeface(await assets.file(campaign.id, campaign.version, name)),
          ]),
        ),
      );
      return new Map(
        campaign.fonts.map(({ id, weight, files }) => [
          id,
          { weight, faces: files.flatMap((file) => faces.get(file) ?? []) },
        ]),
      );
    });

  const imageOf = (campaign: CompiledCampaign, variant: Variant, layer: ImageLayer): Promise<Picture> => {
    const { width, height } = layer.box ?? variant;
    const key = [campaign.id, campaign.version, layer.source, width, height, layer.opacity].join('/');
    return pictures.get(key, async () =>
      decodeImage(
        await assets.file(campaign.id, campaign.version, layer.source),
        { width, height },
        layer.opacity,
      ),
    );
  };

  const maskOf = async (
    campaign: CompiledCampaign,
    { shape, box }: PhotoLayer,
  ): Promise<Mask | undefined> => {
    if (shape === 'rectangle') {
      return undefined;
    }
    const { width, height } = box;
    const source = shape === 'circle' ? 'circle' : shape.mask;
    return masks.get([campaign.id, campaign.version, source, width, height].join('/'), async () =>
      shape === 'circle'
        ? circleMask(width, height)
        : decodeMask(await assets.file(campaign.id, campaign.version, shape.mask), { width, height }),
    );
  };

  const textOf = async (campaign: CompiledCampaign, layer: TextLayer, slots: Slots) => {
    const font = (await fontsOf(campaign)).get(layer.font);
    if (font === undefined) {
      throw new Error(`The campaign ${campaign.id} has no font ${layer.font}`);
    }
    return drawText(layer, layerText(layer, slots), font);
  };

  const draw = async (
    { photo, attention }: Seen,
    campaign: CompiledCampaign,
    variant: Variant,
    slots: Slots,
  ): Promise<RenderedPicture> => {
    const { width, height, format } = variant;
    const background = parseColour(variant.background);
    const layers = await Promise.all(
      variant.layers.map(async (layer) => {
        switch (layer.type) {
          case 'image':
            return {
              picture: await imageOf(campaign, variant, layer),
              left: layer.box?.left ?? 0,
              top: layer.box?.top ?? 0,
              mask: undefined,
              isKept: true,
            };
          case 'photo': {
            const focus = givenFocus(layer.focus) ?? (await attention());
            const picture = await coverBox(photo, layer.box, focus);
            const { left, top } = layer.box;
            return { picture, left, top, mask: await maskOf(campaign, layer), isKept: picture === photo };
          }
          case 'text': {
            const text = await textOf(campaign, layer, slots);
            return text && { ...text, mask: undefined, isKept: false };
          }
        }
      }),
    );
    // JPEG has no transparency: there the background is as opaque as the file.
    const canvas = createCanvas(
      width,
      height,
      format === 'jpeg' ? { ...background, alpha: 255 } : background,
    );
    for (const layer of layers) {
      if (layer !== undefined) {
        drawPicture(canvas, layer.picture, layer, layer.mask);
        if (!layer.isKept) {
          letGo(layer.picture.data);
        }
      }
    }
    const bytes = await encodeStill(canvas, variant);
    letGo(canvas.data);
    return { variant: variant.id, bytes, width, height, format };
  };

  return {
    make: async (bytes, campaign, slots) => {
      const boxes = campaign.variants.flatMap(({ layers }) =>
        layers.flatMap((layer) => (layer.type === 'photo' ? [layer.box] : [])),
      );
      const photo = await decodePhoto(bytes, boxes, campaign.limits);
      let found: Promise<FocalPoint> | undefined;
      const seen: Seen = { photo, attention: () => (found ??= findAttention(photo)) };
      const drawn = await Promise.all(
        campaign.variants.map((variant) => draw(seen, campaign, variant, slots)),
      );
      letGo(photo.data);
      return drawn;
    },
  };
}
