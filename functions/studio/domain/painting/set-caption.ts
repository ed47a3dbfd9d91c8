import type { Box } from '../../../kernel/drawing/crop.ts';
import type { FittedText } from '../../../kernel/drawing/fit-text.ts';
import type { TextDesign } from '../../../kernel/drawing/text-design.ts';
import { PermanentError } from '../../../kernel/errors.ts';
import type { PlannedCaption } from '../plan.ts';

/** How captions are set in a font. Lengths in ems. */
export interface CaptionSetting {
  readonly lineHeight: number;
  /** How wide an outline suits it; 0 for none. */
  readonly outlineWidth: number;
}

/** A text as large as fits, and the rows of pixels that its letters ink. */
export interface InkedText extends FittedText {
  readonly top: number;
  readonly inkHeight: number;
  /** From one baseline to the next, in pixels. */
  readonly pitch: number;
  /** How far each line advances, in pixels. */
  readonly advances: readonly number[];
}

export interface CaptionOutline {
  /** In pixels. */
  readonly width: number;
  readonly colour: string;
}

export interface SetCaption<T extends InkedText> {
  readonly shaped: T;
  readonly outline: CaptionOutline | undefined;
  /** How far down the letters belong from where they were set. */
  readonly down: number;
  readonly background: (Box & { readonly colour: string; readonly radius: number }) | undefined;
}

/** Fits a text into the design's box; undefined when nothing of it is inked. Throws PermanentError('text-does-not-fit'). */
type ShapeText<T extends InkedText> = (design: TextDesign, text: string) => Promise<T | undefined>;

const usualOutlineColour = '#000000';

/**
 * A caption as large as fits, with its outline, and what lies behind it; undefined when nothing is inked. Whoever draws it says how text is shaped, so that all
 * break the same lines at the same size. Throws PermanentError('text-does-not-fit').
 */
export async function setCaption<T extends InkedText>(
  caption: PlannedCaption,
  setting: CaptionSetting,
  shapeText: ShapeText<T>,
): Promise<SetCaption<T> | undefined> {
  const padding = caption.background?.padding ?? 0;
  const inner = inset(caption.box, padding);
  const { inside, outline } = await shape(caption, inner, setting, shapeText);
  return (
    inside && {
      ...inside,
      outline,
      background: caption.background && {
        ...backgroundBox(caption, padding, inside.shaped, inner, outline?.width ?? 0),
        colour: caption.background.colour,
        radius: caption.background.radius,
      },
    }
  );
}

/**
 * The outline that suits a font grows with the letters. Room is left for that of the largest letters that one line could have: fitting twice, to see how large they
 * become, would take twice the time for a few pixels. Only a text that does not fit so is fitted with room for the least.
 */
async function shape<T extends InkedText>(
  caption: PlannedCaption,
  box: Box,
  { lineHeight, outlineWidth }: CaptionSetting,
  shapeText: ShapeText<T>,
): Promise<{ inside: Inside<T> | undefined; outline: CaptionOutline | undefined }> {
  const design: TextDesign = {
    box,
    minSize: Math.min(caption.minSize, caption.maxSize ?? Infinity),
    maxSize: Math.max(caption.maxSize ?? box.height, caption.minSize),
    maxLines: caption.maxLines,
    lineHeight,
    letterSpacing: 0,
    align: caption.align,
    verticalAlign: caption.verticalAlign,
    colour: caption.colour,
  };
  if (caption.outline !== undefined) {
    const outline = caption.outline.width > 0 ? caption.outline : undefined;
    return { inside: await shapeInside({ ...design, outline }, caption.text, shapeText), outline };
  }
  if (outlineWidth === 0) {
    return { inside: await shapeInside(design, caption.text, shapeText), outline: undefined };
  }
  const withRoomFor = (size: number): Promise<Inside<T> | undefined> =>
    shapeInside(
      { ...design, outline: { width: size * outlineWidth, colour: usualOutlineColour } },
      caption.text,
      shapeText,
    );
  const largest = Math.min(design.maxSize, box.height / (lineHeight + 2 * outlineWidth));
  let inside: Inside<T> | undefined;
  try {
    inside = await withRoomFor(largest);
  } catch (error) {
    if (!(error instanceof PermanentError) || largest <= design.minSize) {
      throw error;
    }
    inside = await withRoomFor(design.minSize);
  }
  return {
    inside,
    outline: inside && { width: inside.shaped.size * outlineWidth, colour: usualOutlineColour },
  };
}

interface Inside<T extends InkedText> {
  readonly shaped: T;
  readonly down: number;
}

/**
 * Lines stand still whatever is written on them; accents and descenders may reach over the box. Where they do, the text is made smaller until they could be in it,
 * if it may be, and moved until they are.
 */
async function shapeInside<T extends InkedText>(
  design: TextDesign,
  text: string,
  shapeText: ShapeText<T>,
): Promise<Inside<T> | undefined> {
  const { box } = design;
  const outline = design.outline?.width ?? 0;
  let shaped = await shapeText(design, text);
  const inkHeight = (shaped?.inkHeight ?? 0) + 2 * outline;
  if (shaped !== undefined && inkHeight > box.height) {
    const maxSize = Math.max(design.minSize, (shaped.size * box.height) / inkHeight);
    shaped = await shapeText({ ...design, maxSize }, text);
  }
  if (shaped === undefined) {
    return undefined;
  }
  const above = box.top - (shaped.top - outline);
  const below = shaped.top + shaped.inkHeight + outline - (box.top + box.height);
  const down = above > 0 ? above : below > 0 ? Math.max(-below, above) : 0;
  return { shaped, down: Math.ceil(down) };
}

/** Behind the lines, as wide as the widest of them and its outline. */
function backgroundBox(
  { align, verticalAlign }: PlannedCaption,
  padding: number,
  { lines, pitch, advances }: InkedText,
  box: Box,
  outline: number,
): Box {
  const width = Math.round(Math.max(...advances) + 2 * (outline + padding));
  const height = Math.round(lines.length * pitch + 2 * (outline + padding));
  const across = { left: 0, centre: 0.5, right: 1 }[align];
  const down = { top: 0, middle: 0.5, bottom: 1 }[verticalAlign];
  return {
    left: Math.round(box.left - padding + across * (box.width + 2 * padding - width)),
    top: Math.round(box.top - padding + down * (box.height + 2 * padding - height)),
    width,
    height,
  };
}

function inset({ left, top, width, height }: Box, by: number): Box {
  const [x, y] = [Math.min(by, (width - 1) / 2), Math.min(by, (height - 1) / 2)];
  return { left: left + x, top: top + y, width: width - 2 * x, height: height - 2 * y };
}
