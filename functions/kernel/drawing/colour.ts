export interface Colour {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
  /** 0 is transparent, 255 opaque. */
  readonly alpha: number;
}

/** The colour written as `#rrggbb` or `#rrggbbaa`. */
export function parseColour(text: string): Colour {
  const [, red = '', green = '', blue = '', alpha = ''] =
    /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})?$/iu.exec(text) ?? [];
  if (blue === '') {
    throw new Error(`“${text}” is not a colour`);
  }
  const channel = (hexadecimal: string): number => Number.parseInt(hexadecimal, 16);
  return {
    red: channel(red),
    green: channel(green),
    blue: channel(blue),
    alpha: alpha === '' ? 255 : channel(alpha),
  };
}
