import { inputKey } from '../../../../functions/studio/domain/known-inputs.ts';
import type {
  FrameLayer,
  PixelBox,
  Plan,
  PlannedFrame,
  PlannedInput,
  PlannedLayer,
} from '../../../../functions/studio/domain/plan.ts';
import { indexAt } from '../../../../functions/studio/domain/segment.ts';
import { type BasePainter, createBasePainter } from './base/base-painter.ts';
import { captionKey, type CaptionSet } from './caption-setter.ts';
import { drawCaptionLayer, drawOverlayLayer, type DrawnLayer, plainStamp, stampOf } from './layers.ts';
import type { Scene, Stamp } from './scene.ts';
import { isPlain } from './text/paint-caption.ts';
import type { OpenedInputs } from './open-inputs.ts';
import type { CaptionLines } from './preview.ts';
import type { OpenedSource } from './sources/opened-source.ts';

/** What a plan needs to be painted. */
export interface PaintedPlan {
  readonly plan: Plan;
  readonly opened: OpenedInputs['opened'];
  /** By `captionKey`. */
  readonly captions: ReadonlyMap<string, CaptionSet>;
}

/** Paints frames of a plan, each as the service would. What a plan before it has painted and is the same is taken over. */
export class FramePainter {
  readonly plan: Plan;
  readonly #painted: PaintedPlan;
  readonly #base: BasePainter;
  readonly #baseKey: string;
  /** Layers that were drawn, by `#drawingKey`. */
  readonly #layers: Map<string, DrawnLayer>;
  readonly #layerKeys: readonly string[];
  readonly #edges: readonly number[];

  constructor(painted: PaintedPlan, before: FramePainter | undefined) {
    this.plan = painted.plan;
    this.#painted = painted;
    this.#baseKey = baseKey(painted.plan);
    const hasSameBase =
      before !== undefined &&
      before.#baseKey === this.#baseKey &&
      painted.plan.sources.every(
        ({ input }) =>
          before.#painted.opened.get(inputKey(input) ?? '') === painted.opened.get(inputKey(input) ?? ''),
      );
    this.#base = hasSameBase
      ? before.#base
      : createBasePainter(painted.plan, (input) => this.#openedOf(input));
    this.#layerKeys = painted.plan.layers.map(layerKey);
    const keys = new Set(this.#layerKeys);
    const drawn = before === undefined ? [] : [...before.#layers];
    this.#layers = new Map(drawn.filter(([key]) => keys.has(key.slice(0, key.lastIndexOf('\n')))));
    this.#edges = [...painted.plan.frames.map(({ atMs }) => atMs), Infinity];
  }

  /** The frame that is seen at a moment. */
  frameAt(atMs: number): PlannedFrame | undefined {
    return this.plan.frames[indexAt(this.#edges, Math.max(0, atMs))];
  }

  /** Whether everything that the frame shows is there to be drawn. */
  isKnown(frame: PlannedFrame): boolean {
    return (
      this.#base.known(frame.sources) !== undefined &&
      frame.layers.every(
        (each) =>
          this.plan.layers[each.layer]?.kind === 'caption' || this.#layers.has(this.#drawingKey(each)),
      )
    );
  }

  /** Decodes and draws what the frame shows. */
  async prepare(frame: PlannedFrame): Promise<void> {
    for (const each of frame.layers) {
      const planned = this.plan.layers[each.layer];
      const key = this.#drawingKey(each);
      if (planned?.kind === 'overlay' && !this.#layers.has(key)) {
        const decoded = await this.#openedOf(planned.input).frame(each.frame ?? 0);
        try {
          this.#layers.set(key, drawOverlayLayer(planned, decoded.picture));
        } finally {
          decoded.close();
        }
      }
    }
    // Last: there is not always room for it until overlays are decoded, too.
    await this.#base.paint(frame.sources);
  }

  /** What is seen in a frame that is known. */
  scene(frame: PlannedFrame): Scene {
    const base = this.#base.known(frame.sources);
    if (base === undefined) {
      throw new Error('The frame was not prepared');
    }
    return {
      base,
      background: this.plan.background,
      stamps: frame.layers.map((each) => this.#stamp(each)).filter((stamp) => stamp !== undefined),
    };
  }

  /** The picture under the layers. */
  async base(frame: PlannedFrame): Promise<OffscreenCanvas> {
    return await this.#base.paint(frame.sources);
  }

  /** Where the letters of a caption of the recipe are in a frame; undefined when they are not seen. */
  captionBox(index: number, frame: PlannedFrame): PixelBox | undefined {
    const found = this.#captionIn(index, frame);
    if (found === undefined) {
      return undefined;
    }
    const { seen, set } = found;
    const { shaped, down, outline } = set;
    const margin = Math.ceil(outline?.width ?? 0);
    return {
      left: shaped.left - margin + seen.dx,
      top: shaped.top + down - margin + seen.dy,
      width: shaped.right - shaped.left + 2 * margin,
      height: shaped.inkHeight + 2 * margin,
    };
  }

  /** Where the lines of a caption stand in a frame; undefined when they are not seen. */
  captionLines(index: number, frame: PlannedFrame): CaptionLines | undefined {
    const found = this.#captionIn(index, frame);
    const family = found?.set.shaped.placed.flatMap(({ line }) => line.cuts)[0]?.face.family;
    if (found === undefined || family === undefined) {
      return undefined;
    }
    const { seen, set } = found;
    const { size, pitch, lines, placed } = set.shaped;
    return {
      size,
      pitch,
      family,
      lines: placed.map(({ line, x, baseline }, index) => ({
        text: lines[index] ?? '',
        left: x + seen.dx,
        baseline: baseline + set.down + seen.dy,
        width: line.advance,
      })),
    };
  }

  #captionIn(index: number, frame: PlannedFrame) {
    const place = this.plan.layers.findIndex((layer) => layer.kind === 'caption' && layer.index === index);
    const seen = frame.layers.find(({ layer }) => layer === place);
    const planned = this.plan.layers[place];
    const caption = planned?.kind === 'caption' ? this.#painted.captions.get(captionKey(planned)) : undefined;
    return seen === undefined || caption?.kind !== 'set' || caption.set === undefined
      ? undefined
      : { seen, set: caption.set };
  }

  #stamp(each: FrameLayer): Stamp | undefined {
    const key = this.#drawingKey(each);
    const known = this.#layers.get(key);
    const planned = this.plan.layers[each.layer];
    if (known !== undefined || planned?.kind !== 'caption') {
      return known && stampOf(key, known, each);
    }
    const caption = this.#painted.captions.get(captionKey(planned));
    if (caption?.kind !== 'set' || caption.set === undefined) {
      return undefined;
    }
    const { set } = caption;
    // What is drawn once need not be kept.
    if (!this.plan.isMoving && each.opacity === 1 && isPlain(planned, set)) {
      return plainStamp(key, planned, set, each);
    }
    const drawn = drawCaptionLayer(planned, set);
    this.#layers.set(key, drawn);
    return stampOf(key, drawn, each);
  }

  #drawingKey({ layer, frame = 0 }: FrameLayer): string {
    return `${this.#layerKeys[layer] ?? ''}\n${frame}`;
  }

  #openedOf(input: PlannedInput): OpenedSource {
    const source = this.#painted.opened.get(inputKey(input) ?? '');
    if (source === undefined) {
      throw new Error(`${inputKey(input) ?? input.kind} was planned with and is not open`);
    }
    return source;
  }
}

/** What decides what lies under the layers, but for the files themselves. */
const baseKey = ({ canvas, sources, looks }: Plan): string =>
  JSON.stringify([canvas, sources.map(({ input, geometry }) => [input, geometry]), looks]);

/** What a layer looks like. */
const layerKey = (layer: PlannedLayer): string =>
  layer.kind === 'overlay'
    ? JSON.stringify([inputKey(layer.input), layer.box, layer.rotate])
    : captionKey(layer);
