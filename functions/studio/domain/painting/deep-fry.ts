/** The quality at which a picture that was saved far too often looks it, and what of that `amount` takes. */
const friedQuality = { best: 34, range: 30 };

/** The JPEG quality at which a picture is fried, 1 to 100. */
export const friedJpegQuality = (amount: number): number =>
  Math.round(friedQuality.best - friedQuality.range * amount);

/** Too much of everything, before it is sharpened and saved as a JPEG that is too small. */
export const loudLooks = (amount: number) =>
  [
    { look: 'saturation', amount: 1 + 2 * amount },
    { look: 'contrast', amount: 1 + 0.9 * amount },
    {
      look: 'tint',
      colour: `#ff7a18${Math.round(40 * amount)
        .toString(16)
        .padStart(2, '0')}`,
    },
  ] as const;
