import type { Picture } from '../../../kernel/drawing/canvas.ts';
import { parseColour } from '../../../kernel/drawing/colour.ts';
import type { PlannedLook } from '../plan.ts';

/** What comes out of red, green and blue: three rows of three factors and what is added, 0 to 255. */
export type ColourMatrix = readonly (readonly [number, number, number, number])[];

type MatrixLook = Extract<
  PlannedLook,
  {
    readonly look:
      | 'grayscale'
      | 'sepia'
      | 'invert'
      | 'brightness'
      | 'contrast'
      | 'saturation'
      | 'hue'
      | 'tint';
  }
>;

/** How light a colour is (Rec. 709). */
const luma = [0.2126, 0.7152, 0.0722] as const;

/** Looks that change every pixel by itself, as CSS filters of the same names do (Filter Effects Module Level 1). */
export function matrixOf(look: MatrixLook): ColourMatrix {
  switch (look.look) {
    case 'grayscale':
      return saturate(0);
    case 'sepia':
      return [
        [0.393, 0.769, 0.189, 0],
        [0.349, 0.686, 0.168, 0],
        [0.272, 0.534, 0.131, 0],
      ];
    case 'invert':
      return scale(-1, 255);
    case 'brightness':
      return scale(look.amount, 0);
    case 'contrast':
      return scale(look.amount, 127.5 * (1 - look.amount));
    case 'saturation':
      return saturate(look.amount);
    case 'hue':
      return turnHue(look.degrees);
    case 'tint':
      return tint(look.colour);
  }
}

/** The colours of every pixel through the matrix; alpha stays. */
export function applyMatrix(picture: Picture, matrix: ColourMatrix): Picture {
  const [[a, b, c, d] = zero, [e, f, g, h] = zero, [i, j, k, l] = zero] = matrix;
  const { data: from, width, height, channels } = picture;
  const data = new Uint8ClampedArray(from.length);
  for (let at = 0; at < from.length; at += channels) {
    const red = from[at] ?? 0;
    const green = from[at + 1] ?? 0;
    const blue = from[at + 2] ?? 0;
    data[at] = a * red + b * green + c * blue + d;
    data[at + 1] = e * red + f * green + g * blue + h;
    data[at + 2] = i * red + j * green + k * blue + l;
    if (channels === 4) {
      data[at + 3] = from[at + 3] ?? 0;
    }
  }
  return { data: new Uint8Array(data.buffer), width, height, channels };
}

const zero: readonly [number, number, number, number] = [0, 0, 0, 0];

const scale = (factor: number, offset: number): ColourMatrix => [
  [factor, 0, 0, offset],
  [0, factor, 0, offset],
  [0, 0, factor, offset],
];

function saturate(amount: number): ColourMatrix {
  const rest = 1 - amount;
  const [red, green, blue] = luma;
  return [
    [red * rest + amount, green * rest, blue * rest, 0],
    [red * rest, green * rest + amount, blue * rest, 0],
    [red * rest, green * rest, blue * rest + amount, 0],
  ];
}

function turnHue(degrees: number): ColourMatrix {
  const cos = Math.cos((degrees * Math.PI) / 180);
  const sin = Math.sin((degrees * Math.PI) / 180);
  return [
    [
      0.213 + cos * 0.787 - sin * 0.213,
      0.715 - cos * 0.715 - sin * 0.715,
      0.072 - cos * 0.072 + sin * 0.928,
      0,
    ],
    [
      0.213 - cos * 0.213 + sin * 0.143,
      0.715 + cos * 0.285 + sin * 0.14,
      0.072 - cos * 0.072 - sin * 0.283,
      0,
    ],
    [
      0.213 - cos * 0.213 - sin * 0.787,
      0.715 - cos * 0.715 + sin * 0.715,
      0.072 + cos * 0.928 + sin * 0.072,
      0,
    ],
  ];
}

/** Every pixel in the hue of the colour and as light as before; the colour's alpha says how much of that is mixed in. */
function tint(text: string): ColourMatrix {
  const { red, green, blue, alpha } = parseColour(text);
  const part = alpha / 255;
  const own = luma[0] * red + luma[1] * green + luma[2] * blue;
  return [red, green, blue].map((value, row) => [
    luma[0] * part + (row === 0 ? 1 - part : 0),
    luma[1] * part + (row === 1 ? 1 - part : 0),
    luma[2] * part + (row === 2 ? 1 - part : 0),
    (value - own) * part,
  ]);
}
