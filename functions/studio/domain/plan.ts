import type { RecipeLook, StudioFormat } from '../../contracts/recipe.ts';
import type { ProbedSource } from './ports.ts';

/** Whole pixels of the picture it is on; may reach over its edges. */
export interface PixelBox {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface PixelSize {
  readonly width: number;
  readonly height: number;
}

/** Something that is read or painted, before anything is done to it. */
export type PlannedInput =
  | { readonly kind: 'template'; readonly template: string }
  | { readonly kind: 'sticker'; readonly sticker: string }
  | { readonly kind: 'upload'; readonly upload: string }
  | { readonly kind: 'colour'; readonly colour: string; readonly width: number; readonly height: number }
  | {
      readonly kind: 'gradient';
      readonly from: string;
      readonly to: string;
      /** Degrees, as in CSS. */
      readonly angle: number;
      readonly width: number;
      readonly height: number;
    };

/**
 * One step of geometry in whole pixels. `width` and `height` are what comes out of it, exactly: who does it cuts or extends by a pixel where a library rounds in
 * another way.
 */
export type PlannedStep = PixelSize &
  (
    | { readonly op: 'crop'; readonly left: number; readonly top: number }
    /** Where there is most to see: decided on the first frame that is drawn and kept for all. */
    | { readonly op: 'crop-to-attention' }
    /** Exactly to width × height, whatever the aspect. */
    | { readonly op: 'resize' }
    /** Clockwise. */
    | { readonly op: 'turn'; readonly degrees: 90 | 180 | 270 }
    /** Clockwise about the middle, on a canvas that holds all of it. */
    | { readonly op: 'rotate'; readonly degrees: number; readonly background: string }
    | { readonly op: 'flip'; readonly axis: 'horizontal' | 'vertical' }
    | { readonly op: 'pad'; readonly left: number; readonly top: number; readonly colour: string }
  );

/** After its geometry a source is as large as the canvas. */
export interface PlannedSource {
  readonly input: PlannedInput;
  /** What is known of it; `kind` is `still` for colours and gradients. */
  readonly probed: ProbedSource;
  readonly geometry: readonly PlannedStep[];
}

/** Looks in the recipe's order, in pixels of the canvas. */
export type PlannedLook =
  | Exclude<RecipeLook, { readonly look: 'pixelate' }>
  | { readonly look: 'pixelate'; readonly box: PixelBox; readonly size: number };

/** Lengths in pixels of the canvas. `text` is what is drawn, letter for letter: markup in it is text. */
export interface PlannedCaption {
  readonly kind: 'caption';
  /** Its index in the recipe, for `/captions/<index>` in refusals. */
  readonly index: number;
  readonly text: string;
  readonly font: string;
  readonly box: PixelBox;
  readonly minSize: number;
  /** Undefined: as large as fits. */
  readonly maxSize: number | undefined;
  readonly maxLines: number;
  readonly align: 'left' | 'centre' | 'right';
  readonly verticalAlign: 'top' | 'middle' | 'bottom';
  readonly colour: string;
  /** Undefined: what suits the font. */
  readonly outline: { readonly width: number; readonly colour: string } | undefined;
  readonly shadow:
    | { readonly x: number; readonly y: number; readonly blur: number; readonly colour: string }
    | undefined;
  readonly background:
    | { readonly colour: string; readonly padding: number; readonly radius: number }
    | undefined;
  /** Degrees clockwise about the middle of the box. */
  readonly rotate: number;
}

/** Drawn as large as fits in the box, in its middle, keeping its aspect; then turned about that middle. Its opacity is in the frames. */
export interface PlannedOverlay {
  readonly kind: 'overlay';
  /** Its index in the recipe, for `/overlays/<index>` in refusals. */
  readonly index: number;
  readonly input: PlannedInput;
  readonly probed: ProbedSource;
  readonly box: PixelBox;
  /** Degrees clockwise. */
  readonly rotate: number;
}

export type PlannedLayer = PlannedCaption | PlannedOverlay;

export interface FrameSource {
  /** Index in `plan.sources`. */
  readonly source: number;
  /** Index of a frame of that source; 0 of a still. */
  readonly frame: number;
  /** The weights of a frame add up to 1. Two sources only while one slide fades into the next. */
  readonly weight: number;
}

export interface FrameLayer {
  /** Index in `plan.layers`. */
  readonly layer: number;
  /** More than 0, at most 1. */
  readonly opacity: number;
  /** Whole pixels it is moved by, to the right and down. */
  readonly dx: number;
  readonly dy: number;
  /** Index of a frame of an animated overlay; undefined otherwise. */
  readonly frame: number | undefined;
}

/** What is shown from `atMs` on, for `durationMs`. No two frames in a row show the same. */
export interface PlannedFrame {
  /** Milliseconds of the output on the format's own grid: 10 ms in a GIF, 1 ms in a WebP, as exact as the source in a movie. */
  readonly atMs: number;
  readonly durationMs: number;
  readonly sources: readonly FrameSource[];
  /** In drawing order: overlays, then captions. */
  readonly layers: readonly FrameLayer[];
}

/** What becomes of the sound of the source. */
export type PlannedSound =
  | { readonly kind: 'none' }
  | { readonly kind: 'dropped'; readonly because: string }
  /** Its packets are copied: of `plan.sources[source]`, from `fromMs` to `toMs` of the source, to the beginning of the output. */
  | {
      readonly kind: 'copied';
      readonly source: number;
      readonly codec: string;
      readonly fromMs: number;
      readonly toMs: number;
    };

/** Everything that is drawn, decided before any pixel is decoded. The same recipe and the same probes give the same plan. */
export interface Plan {
  /** Even numbers for movies. */
  readonly canvas: PixelSize;
  readonly sources: readonly PlannedSource[];
  /** Applied to the mixed sources, under the layers. */
  readonly looks: readonly PlannedLook[];
  readonly layers: readonly PlannedLayer[];
  /** At least one, without gaps from 0 to `durationMs`; exactly one when nothing moves. */
  readonly frames: readonly PlannedFrame[];
  /** 0 of a still picture. */
  readonly durationMs: number;
  /** How often it is played in all: 0 for ever. 1 for movies and stills (a movie that is to be played twice has its frames twice). */
  readonly loop: number;
  /** Whether there is more than a still picture: an animation or a movie. */
  readonly isMoving: boolean;
  /** `#rrggbb`, under everything; undefined keeps what is transparent. Always there in formats without transparency. */
  readonly background: string | undefined;
  readonly sound: PlannedSound;
  /** What the answer says of what was done otherwise than asked for, in sentences: sound that could not be kept, a width that became even. */
  readonly notes: readonly string[];
  readonly output: {
    readonly format: StudioFormat;
    /** 1 to 100. */
    readonly quality: number;
    readonly dither: boolean;
    readonly maxBytes: number | undefined;
  };
}
