import type { Picture } from '../../../kernel/drawing/canvas.ts';
import { type Colour, parseColour } from '../../../kernel/drawing/colour.ts';
import { thresholdPattern } from './threshold-pattern.ts';

/** From one colour to the other along a line at an angle, as CSS `linear-gradient` draws it: 180° runs from top to bottom, corners have the colours. */
export function paintGradient(gradient: {
  readonly from: string;
  readonly to: string;
  readonly angle: number;
  readonly width: number;
  readonly height: number;
}): Picture {
  const { width, height } = gradient;
  const from = parseColour(gradient.from);
  const to = parseColour(gradient.to);
  const isOpaque = from.alpha === 255 && to.alpha === 255;
  const channels = isOpaque ? 3 : 4;
  const radians = (gradient.angle * Math.PI) / 180;
  const [alongX, alongY] = [Math.sin(radians), -Math.cos(radians)];
  const length = Math.abs(width * alongX) + Math.abs(height * alongY);
  const data = new Uint8ClampedArray(width * height * channels);
  for (let y = 0, at = 0; y < height; y += 1) {
    const offset = (y + 0.5 - height / 2) * alongY;
    for (let x = 0; x < width; x += 1, at += channels) {
      const share = ((x + 0.5 - width / 2) * alongX + offset) / length + 0.5;
      const { red, green, blue, alpha } = between(from, to, Math.min(1, Math.max(0, share)));
      const nudge = thresholdPattern[(y & 7) * 8 + (x & 7)] ?? 0;
      data[at] = red + nudge;
      data[at + 1] = green + nudge;
      data[at + 2] = blue + nudge;
      if (!isOpaque) {
        data[at + 3] = alpha + nudge;
      }
    }
  }
  return { data: new Uint8Array(data.buffer), width, height, channels };
}

/** Mixed premultiplied, as in CSS: towards nothing, a colour does not turn grey. */
function between(from: Colour, to: Colour, share: number): Colour {
  const [fromPart, toPart] = [from.alpha * (1 - share), to.alpha * share];
  const alpha = fromPart + toPart;
  const mix = (one: number, other: number): number =>
    alpha === 0 ? 0 : (one * fromPart + other * toPart) / alpha;
  return {
    red: mix(from.red, to.red),
    green: mix(from.green, to.green),
    blue: mix(from.blue, to.blue),
    alpha,
  };
}
