import type { FrameEncoder } from '../ports.ts';
import { choosePalettes } from './choose-palettes.ts';
import { type Area, drawIndices, goneArea, type IndexedFrame, show } from './draw-indices.ts';
import { type ColourTable, type GifImage, GifWriter } from './gif-writer.ts';
import { opaqueFrom } from './histogram.ts';
import type { PaletteMap } from './palette-map.ts';

export interface GifOptions {
  readonly width: number;
  readonly height: number;
  /** How often it is played in all; 0 for ever. */
  readonly loop: number;
  /** 1 to 100: 100 changes every pixel that changes, less leaves what nearly stays, far less has fewer colours. */
  readonly quality: number;
  readonly dither: boolean;
}

/** Frames that are looked at together before their colours are chosen, in bytes. */
const windowBytes = 48 * 1024 ** 2;
const mostColours = 256;

interface Frame {
  readonly pixels: Uint8Array;
  readonly delay: number;
}

/** A frame that is drawn, but not written: the next one decides how long it stays and what becomes of it. */
interface Pending {
  readonly frame: IndexedFrame;
  /** The part of it that is written. */
  readonly area: Area;
  readonly delay: number;
}

/**
 * Makes a GIF of frames in order. Only what changes is written; colours are chosen for all frames together, for scenes that differ each by itself. Pixels
 * are seen through or not: half transparent is there. Memory does not grow with the number of frames.
 */
export function createGifEncoder(options: GifOptions): FrameEncoder {
  const { width, height, quality } = options;
  const whole = { left: 0, top: 0, width, height };
  const frameBytes = width * height * 4;
  const tolerance = toleranceOf(quality);
  const shown = new Uint32Array(width * height);
  let waiting: Frame[] = [];
  let writer: GifWriter | undefined;
  let palette: PaletteMap | undefined;
  let pending: Pending | undefined;

  const write = (file: GifWriter, { frame, area, delay }: Pending, disposal: 1 | 2): void => {
    const own = frame.palette;
    const image = imageOf(frame, area, width);
    const colours = own === palette ? undefined : tableOf(own);
    file.add({ ...image, delay, disposal, near: own.near(tolerance), colours });
    if (disposal === 1) {
      show(shown, width, image, own);
    } else {
      clear(shown, width, area);
    }
  };

  const draw = ({ pixels, delay }: Frame, chosen: PaletteMap, file: GifWriter): void => {
    if (pending !== undefined) {
      const last = { indices: pending.frame.indices, transparent: pending.frame.palette.colours.length };
      const gone = goneArea(pixels, shown, last, width);
      write(
        file,
        gone === undefined ? pending : { ...pending, area: around(pending.area, gone) },
        gone === undefined ? 1 : 2,
      );
    }
    const frame = drawIndices(pixels, shown, chosen, {
      last: pending?.frame,
      width,
      tolerance,
      dither: options.dither,
    });
    const area = pending === undefined ? whole : (frame.changed ?? { ...whole, width: 1, height: 1 });
    pending = { frame, area, delay };
  };

  const flush = (isLast: boolean): void => {
    const frames = waiting;
    waiting = [];
    const [only] = frames;
    const isStill = isLast && writer === undefined && frames.length === 1;
    // Where nothing stays and nothing is seen through, no colour has to stand for that.
    const most = coloursOf(quality) + (isStill && only !== undefined && isOpaque(only.pixels) ? 1 : 0);
    const scenes = choosePalettes(
      frames.map(({ pixels }) => pixels),
      width,
      most,
      palette,
    );
    palette ??= scenes[0]?.palette;
    if (palette !== undefined) {
      writer ??= new GifWriter(options, tableOf(palette), options.loop);
      for (const scene of scenes) {
        for (const frame of frames.slice(scene.first, scene.end)) {
          draw(frame, scene.palette, writer);
        }
      }
    }
  };

  return {
    add: async (pixels, atMs, durationMs) => {
      const delay = Math.round((atMs + durationMs) / 10) - Math.round(atMs / 10);
      waiting.push({ pixels, delay });
      if (waiting.length * frameBytes >= windowBytes) {
        flush(false);
      }
    },
    finish: async () => {
      flush(true);
      if (writer === undefined || pending === undefined) {
        throw new Error('A GIF has at least one frame');
      }
      write(writer, pending, 1);
      return writer.finish();
    },
    close: async () => {
      waiting = [];
      pending = undefined;
      writer = undefined;
    },
  };
}

/** The part of a frame that is written. */
function imageOf(
  { indices, mayStay, palette }: IndexedFrame,
  area: Area,
  width: number,
): Omit<GifImage, 'delay' | 'disposal' | 'colours' | 'near'> {
  const transparent = palette.colours.length;
  const part = {
    indices: new Uint8Array(area.width * area.height),
    mayStay: new Uint8Array(area.width * area.height),
  };
  for (let y = 0; y < area.height; y += 1) {
    const from = (area.top + y) * width + area.left;
    part.indices.set(indices.subarray(from, from + area.width), y * area.width);
    part.mayStay.set(mayStay.subarray(from, from + area.width), y * area.width);
  }
  const hasTransparency =
    transparent < mostColours && (part.indices.includes(transparent) || part.mayStay.includes(1));
  return { ...area, ...part, transparent: transparent % mostColours, hasTransparency };
}

function clear(shown: Uint32Array, width: number, { left, top, width: wide, height }: Area): void {
  for (let y = top; y < top + height; y += 1) {
    shown.fill(0, y * width + left, y * width + left + wide);
  }
}

function around(one: Area, other: Area): Area {
  const left = Math.min(one.left, other.left);
  const top = Math.min(one.top, other.top);
  return {
    left,
    top,
    width: Math.max(one.left + one.width, other.left + other.width) - left,
    height: Math.max(one.top + one.height, other.top + other.height) - top,
  };
}

function isOpaque(pixels: Uint8Array): boolean {
  for (let at = 3; at < pixels.length; at += 4) {
    if ((pixels[at] ?? 0) < opaqueFrom) {
      return false;
    }
  }
  return true;
}

/** With room for the colour that stands for “as before”. */
function tableOf({ table }: PaletteMap): ColourTable {
  const roomy = new Uint8Array(Math.min(mostColours * 3, table.length + 3));
  roomy.set(table);
  return roomy;
}

/** How much more squared error, over three channels, a pixel may have to stay as it is. */
const toleranceOf = (quality: number): number => Math.round(((100 - quality) * 0.3) ** 2);

/** Colours of a palette. From 60 on all there can be: fewer are seen before they save much. */
const coloursOf = (quality: number): number =>
  quality >= 60 ? mostColours - 1 : Math.max(16, Math.round(((mostColours - 1) * (quality + 4)) / 64));
