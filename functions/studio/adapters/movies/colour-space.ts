/** How Y′CbCr is made of R′G′B′, and where black and white are. */
export interface ColourSpace {
  readonly matrix: 'bt709' | 'bt601' | 'bt2020';
  readonly isFullRange: boolean;
}

/** The shares of red and blue in luma. Source: ITU-R BT.709-6, BT.601-7, BT.2020-2. */
const shares = {
  bt709: { red: 0.2126, blue: 0.0722 },
  bt601: { red: 0.299, blue: 0.114 },
  bt2020: { red: 0.2627, blue: 0.0593 },
} as const;

/** What to multiply (Y − `black`) and (Cb − 128), (Cr − 128) with; 16 bits after the point. */
export interface ToRgb {
  readonly black: number;
  readonly luma: number;
  readonly redOfCr: number;
  readonly greenOfCb: number;
  readonly greenOfCr: number;
  readonly blueOfCb: number;
}

const one = 65_536;

export function toRgb({ matrix, isFullRange }: ColourSpace): ToRgb {
  const { red, blue } = shares[matrix];
  const green = 1 - red - blue;
  const lumaScale = isFullRange ? 1 : 255 / 219;
  const chromaScale = isFullRange ? 1 : 255 / 224;
  const redOfCr = 2 * (1 - red) * chromaScale;
  const blueOfCb = 2 * (1 - blue) * chromaScale;
  return {
    black: isFullRange ? 0 : 16,
    luma: Math.round(lumaScale * one),
    redOfCr: Math.round(redOfCr * one),
    greenOfCb: Math.round(((blueOfCb * blue) / green) * one),
    greenOfCr: Math.round(((redOfCr * red) / green) * one),
    blueOfCb: Math.round(blueOfCb * one),
  };
}
