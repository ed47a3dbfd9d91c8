import { createCanvas, drawPicture, type Picture } from '../../kernel/drawing/canvas.ts';
import { withoutNeedlessAlpha } from '../../kernel/drawing/channels.ts';
import { parseColour } from '../../kernel/drawing/colour.ts';
import type { PlacedPicture } from '../../kernel/drawing/paint-text.ts';
import { prepareEngine } from '../../kernel/sharp/engine.ts';
import { sourceOrder } from '../domain/frame-order.ts';
import { decodePlanOf } from '../domain/painting/decode-plan.ts';
import { fade } from '../domain/painting/fade.ts';
import { mixPictures } from '../domain/painting/mix-pictures.ts';
import { paintGradient } from '../domain/painting/paint-gradient.ts';
import type {
  FrameLayer,
  FrameSource,
  Plan,
  PlannedFrame,
  PlannedInput,
  PlannedOverlay,
} from '../domain/plan.ts';
import { pointed } from '../domain/pointed.ts';
import { planesPainter } from './planes-painter.ts';
import { readAhead } from './read-ahead.ts';
import { type CaptionFont, drawCaption } from './sharp-caption.ts';
import { createGeometry, resizePicture } from './sharp-geometry.ts';
import { createLooks } from './sharp-looks.ts';
import { rotatePlaced } from './sharp-rotate.ts';

/** Where the painter has its pixels from. What it was given once for still things it does not ask for again. */
export interface FramePixels {
  /** A frame of the only source, where it is a movie that `showsMovieAsItIs` and can: I420, the painter's from now on. */
  readonly planes?: ((frame: number) => Promise<Uint8Array>) | undefined;
  /** A frame of `plan.sources[source]`: what `decodePlanOf` says of it. Never asked for colours and gradients; of what moves a little ahead, in its order. */
  source(source: number, frame: number): Promise<Picture>;
  /** A frame of the overlay `plan.layers[layer]`, as it is. */
  overlay(layer: number, frame: number): Promise<Picture>;
}

export interface PainterDeps {
  /** The font of a caption, by its id; its stack need only cover the text. */
  readonly font: (id: string, text: string) => Promise<CaptionFont>;
  readonly pixels: FramePixels;
}

export interface Painter {
  /** The canvas at a frame of the plan; three channels when nothing of it can be seen through. The picture belongs to the caller. */
  paint(frame: PlannedFrame): Promise<Picture>;
  /** The same in I420, where `FramePixels.planes` gives it: without a conversion to RGB and back. */
  readonly paintPlanes: ((frame: PlannedFrame) => Promise<Uint8Array>) | undefined;
}

/** The last of something that was made, for as long as the same is wanted. */
interface Latest<T> {
  readonly key: string;
  readonly value: T;
}

/**
 * Paints the frames of a plan, one after the other. Captions are drawn once; a picture that stays is decoded, moved and coloured once. While one frame is painted,
 * the next are read. Memory does not grow with the number of frames.
 */
export function createPainter(plan: Plan, { font, pixels }: PainterDeps): Painter {
  prepareEngine();
  const { canvas } = plan;
  const looks = createLooks(plan.looks);
  const background = plan.background === undefined ? undefined : parseColour(plan.background);
  const moves = plan.sources.map((source) =>
    createGeometry(source.geometry.slice(decodePlanOf(source)?.steps ?? 0)),
  );
  const placed: (Latest<Picture> | undefined)[] = [];
  const drawn: (Latest<PlacedPicture | undefined> | undefined)[] = [];
  const faded: (Latest<PlacedPicture> | undefined)[] = [];
  let base: Latest<Picture> | undefined;

  const readSource = async (source: number, frame: number): Promise<Picture> => {
    const planned = plan.sources[source];
    const move = moves[source];
    if (planned === undefined || move === undefined) {
      throw new Error(`The plan has no source ${source}`);
    }
    const original = paintInput(planned.input) ?? (await pixels.source(source, frame));
    const value = await move(withoutNeedlessAlpha(original));
    if (value.width !== canvas.width || value.height !== canvas.height) {
      throw new Error(
        `Source ${source} became ${value.width} × ${value.height}, the canvas is ${canvas.width} × ${canvas.height}`,
      );
    }
    return value;
  };
  const readers = plan.sources.map(({ probed }, source) =>
    probed.kind === 'still'
      ? (frame: number) => readSource(source, frame)
      : readAhead(sourceOrder(plan, source), (frame) => readSource(source, frame)),
  );

  const sourcePicture = async ({ source, frame }: FrameSource): Promise<Picture> => {
    const key = String(frame);
    const known = placed[source];
    if (known?.key === key) {
      return known.value;
    }
    const value = await (readers[source]?.(frame) ?? readSource(source, frame));
    placed[source] = { key, value };
    return value;
  };

  const basePicture = async ({ sources }: PlannedFrame): Promise<Picture> => {
    const key = JSON.stringify(sources);
    if (base?.key === key) {
      return base.value;
    }
    let mixed: Picture | undefined;
    let weight = 0;
    for (const each of sources) {
      const picture = await sourcePicture(each);
      weight += each.weight;
      mixed = mixed === undefined ? picture : mixPictures(mixed, picture, each.weight / weight);
    }
    if (mixed === undefined) {
      throw new Error('A frame of the plan has no source');
    }
    base = { key, value: await looks(mixed) };
    forgetStills(sources);
    return base.value;
  };

  /** A still that is shown no more can be decoded again; of what moves, the last frame must be kept, because it was read on. */
  const forgetStills = (shown: readonly FrameSource[]): void => {
    for (const [index, { probed }] of plan.sources.entries()) {
      if (probed.kind === 'still' && !shown.some(({ source }) => source === index)) {
        placed[index] = undefined;
      }
    }
  };

  const layerPicture = async ({ layer, frame = 0 }: FrameLayer): Promise<PlacedPicture | undefined> => {
    const key = String(frame);
    const known = drawn[layer];
    if (known?.key === key) {
      return known.value;
    }
    const planned = plan.layers[layer];
    if (planned === undefined) {
      throw new Error(`The plan has no layer ${layer}`);
    }
    const value =
      planned.kind === 'caption'
        ? await pointed(`/captions/${planned.index}/text`, async () =>
            drawCaption(planned, await font(planned.font, planned.text)),
          )
        : await placeOverlay(planned, await pixels.overlay(layer, frame));
    drawn[layer] = { key, value };
    return value;
  };

  const atOpacity = (whole: PlacedPicture, { layer, frame = 0, opacity }: FrameLayer): PlacedPicture => {
    const part = Math.round(opacity * 255);
    if (part === 255) {
      return whole;
    }
    const key = `${frame} ${part}`;
    const known = faded[layer];
    if (known?.key === key) {
      return known.value;
    }
    const value = { ...whole, picture: fade(whole.picture, part) };
    faded[layer] = { key, value };
    return value;
  };

  const placedLayer = async (each: FrameLayer): Promise<PlacedPicture | undefined> => {
    const whole = await layerPicture(each);
    if (whole === undefined) {
      return undefined;
    }
    const { picture, left, top } = atOpacity(whole, each);
    return { picture, left: left + each.dx, top: top + each.dy };
  };

  const placedLayers = async ({ layers }: PlannedFrame): Promise<PlacedPicture[]> => {
    const all: PlacedPicture[] = [];
    for (const each of layers) {
      const layer = await placedLayer(each);
      if (layer !== undefined) {
        all.push(layer);
      }
    }
    return all;
  };

  return {
    paint: async (frame) => {
      // What is written is drawn while the picture under it is decoded. What is wrong with that picture is told first.
      const base = basePicture(frame);
      const drawing = placedLayers(frame);
      drawing.catch(() => undefined);
      const picture = startingWith(await base, background);
      for (const layer of await drawing) {
        drawPicture(picture, layer.picture, layer);
      }
      return picture;
    },
    paintPlanes: pixels.planes && planesPainter(plan, pixels.planes, placedLayer),
  };
}

/** A copy to draw on, on the background if there is one. */
function startingWith(base: Picture, background: ReturnType<typeof parseColour> | undefined): Picture {
  if (base.channels === 3 || background === undefined) {
    return { ...base, data: new Uint8Array(base.data) };
  }
  const canvas = createCanvas(base.width, base.height, background);
  drawPicture(canvas, base, { left: 0, top: 0 });
  return canvas;
}

/** What is painted, not read. */
function paintInput(input: PlannedInput): Picture | undefined {
  switch (input.kind) {
    case 'colour':
      return createCanvas(input.width, input.height, parseColour(input.colour));
    case 'gradient':
      return paintGradient(input);
    case 'template':
    case 'sticker':
    case 'upload':
      return undefined;
  }
}

/** As large as fits in its box, in the middle of it, turned about that. */
async function placeOverlay({ box, rotate }: PlannedOverlay, picture: Picture): Promise<PlacedPicture> {
  const scale = Math.min(box.width / picture.width, box.height / picture.height);
  const width = Math.max(1, Math.round(picture.width * scale));
  const height = Math.max(1, Math.round(picture.height * scale));
  const middle = { x: box.left + box.width / 2, y: box.top + box.height / 2 };
  return await rotatePlaced(
    {
      picture: await resizePicture(withoutNeedlessAlpha(picture), { width, height }),
      left: Math.round(middle.x - width / 2),
      top: Math.round(middle.y - height / 2),
    },
    rotate,
    middle,
  );
}
