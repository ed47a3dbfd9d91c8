import type { Picture, Position } from './canvas.ts';
import type { Box } from './crop.ts';
import type { Mask } from './outline.ts';
import { inkedPart } from './paint-text.ts';

/** One drawn line: where its text is in the drawing, and how far it advances. In pixels. */
export interface DrawnLine {
  readonly advance: number;
  /** Where the advance begins. */
  readonly originX: number;
  readonly baseline: number;
  /** The part of the drawing that belongs to this line alone. */
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Lines of text as the engine drew them, one below the other. */
export interface DrawnText {
  /** Coverage, or coloured pixels when there are emoji. */
  readonly shape: Mask | Picture;
  readonly lines: readonly DrawnLine[];
}

export interface LinePlacement {
  readonly box: Box;
  readonly align: 'left' | 'centre' | 'right';
  readonly verticalAlign: 'top' | 'middle' | 'bottom';
  /** From one baseline to the next, in pixels. */
  readonly pitch: number;
  /** Height of the capitals, in pixels. */
  readonly capHeight: number;
}

/**
 * Sets the lines in their box. Every line has a space of the pitch's height, in the middle of which its capitals are, whether or not there are
 * accents or descenders: so the lines of one design stand still, whatever people write, and look centred in faces of capitals only.
 * Answers one drawing of all lines and where it belongs; undefined when nothing is inked.
 */
export function placeLines(
  { shape, lines }: DrawnText,
  { box, align, verticalAlign, pitch, capHeight }: LinePlacement,
): (Position & { readonly shape: Mask | Picture }) | undefined {
  const free = box.height - lines.length * pitch;
  const blockTop = box.top + { top: 0, middle: free / 2, bottom: free }[verticalAlign];
  const placed = lines.flatMap((line, index) => {
    const part = cut(shape, line);
    const lineLeft = box.left + { left: 0, centre: 0.5, right: 1 }[align] * (box.width - line.advance);
    const baseline = blockTop + (index + 0.5) * pitch + capHeight / 2;
    return part === undefined
      ? []
      : {
          ...part,
          left: Math.round(lineLeft - line.originX + part.left),
          top: Math.round(baseline) - line.baseline + part.top,
        };
  });
  if (placed.length === 0) {
    return undefined;
  }
  const left = Math.min(...placed.map((part) => part.left));
  const top = Math.min(...placed.map((part) => part.top));
  const width = Math.max(...placed.map((part) => part.left + part.shape.width)) - left;
  const height = Math.max(...placed.map((part) => part.top + part.shape.height)) - top;
  const channels = channelsOf(shape);
  const data = new Uint8Array(width * height * channels);
  for (const part of placed) {
    lay(part.shape, { data, width, height }, { left: part.left - left, top: part.top - top }, channels);
  }
  return { left, top, shape: channels === 4 ? { data, width, height, channels } : { data, width, height } };
}

function channelsOf(shape: Mask | Picture): 1 | 3 | 4 {
  return 'channels' in shape ? shape.channels : 1;
}

/** The inked part of one line, with its place in the drawing. */
function cut(shape: Mask | Picture, line: DrawnLine): (Position & { readonly shape: Mask }) | undefined {
  const channels = channelsOf(shape);
  const area = {
    left: line.left,
    top: line.top,
    width: line.right - line.left,
    height: line.bottom - line.top,
  };
  const whole = extract(shape, area, channels);
  const inked = inkedPart(whole, channels);
  return (
    inked && {
      left: line.left + inked.left,
      top: line.top + inked.top,
      shape: extract(whole, inked, channels),
    }
  );
}

function extract({ data, width }: Mask | Picture, area: Box, channels: number): Mask {
  const part = new Uint8Array(area.width * area.height * channels);
  for (let y = 0; y < area.height; y += 1) {
    const from = ((area.top + y) * width + area.left) * channels;
    part.set(data.subarray(from, from + area.width * channels), y * area.width * channels);
  }
  return { data: part, width: area.width, height: area.height };
}

/** Lays a part into the whole. Where lines touch, the stronger ink stays. */
function lay(part: Mask, whole: Mask, at: Position, channels: number): void {
  for (let y = 0; y < part.height; y += 1) {
    let from = y * part.width * channels;
    let to = ((at.top + y) * whole.width + at.left) * channels;
    for (let x = 0; x < part.width; x += 1, from += channels, to += channels) {
      const ink = part.data[from + channels - 1] ?? 0;
      if (ink > (whole.data[to + channels - 1] ?? 0)) {
        for (let channel = 0; channel < channels; channel += 1) {
          whole.data[to + channel] = part.data[from + channel] ?? 0;
        }
      }
    }
  }
}
