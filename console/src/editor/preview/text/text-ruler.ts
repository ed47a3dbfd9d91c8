import { type Face, prepareFor } from './face.ts';

/** How wide a text is, without rounding. In ems. */
export interface Extent {
  readonly advance: number;
  /** Of the ink, from where the text begins; roughly. */
  readonly left: number;
  readonly right: number;
}

/** Whole rows of pixels that a text inks, above and below its baseline. */
export interface InkedRows {
  readonly ascent: number;
  readonly descent: number;
}

/** Large enough that whatever the browser rounds is not seen. */
const emPixels = 1000;
/** Texts are short, and a few thousand of them are all that anybody types. */
const mostKept = 20_000;

/** Measures text once, at one size: without hinting a text is as wide as it is large. */
export class TextRuler {
  readonly #context: OffscreenCanvasRenderingContext2D;
  readonly #known = new Map<string, Extent>();
  #font = '';

  constructor(context: OffscreenCanvasRenderingContext2D) {
    this.#context = context;
  }

  extent(face: Face, text: string, direction: 'ltr' | 'rtl'): Extent {
    const key = `${direction}${face.family} ${text}`;
    const known = this.#known.get(key);
    if (known !== undefined) {
      return known;
    }
    if (this.#known.size > mostKept) {
      this.#known.clear();
    }
    this.#use(face, emPixels);
    this.#context.direction = direction;
    this.#context.textAlign = 'left';
    const measured = this.#context.measureText(text);
    const extent = {
      advance: measured.width / emPixels,
      left: -measured.actualBoundingBoxLeft / emPixels,
      right: measured.actualBoundingBoxRight / emPixels,
    };
    this.#known.set(key, extent);
    return extent;
  }

  /** At a size the browser answers whole pixels. */
  rows(face: Face, text: string, size: number): InkedRows {
    this.#use(face, size);
    const { actualBoundingBoxAscent, actualBoundingBoxDescent } = this.#context.measureText(text);
    return { ascent: Math.ceil(actualBoundingBoxAscent), descent: Math.ceil(actualBoundingBoxDescent) };
  }

  #use(face: Face, size: number): void {
    const font = `${size}px ${face.family}`;
    if (this.#font !== font) {
      this.#context.font = font;
      prepareFor(this.#context, face);
      this.#font = font;
    }
  }
}
