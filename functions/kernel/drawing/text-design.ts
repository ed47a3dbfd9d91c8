import type { Box } from './crop.ts';

/** How a text is set in its box. Lengths in pixels. */
export interface TextDesign {
  readonly box: Box;
  readonly minSize: number;
  readonly maxSize: number;
  readonly maxLines: number;
  /** In ems. */
  readonly lineHeight: number;
  /** In ems. */
  readonly letterSpacing: number;
  readonly align: 'left' | 'centre' | 'right';
  readonly verticalAlign: 'top' | 'middle' | 'bottom';
  /** `#rrggbb` or `#rrggbbaa`. */
  readonly colour: string;
  /** Around the letters, inside the box. */
  readonly outline?: { readonly width: number; readonly colour: string } | undefined;
}

/** Where the letters themselves may be: in the box, with their outline around them. */
export function roomFor({ box, outline }: TextDesign): Box {
  const margin = outline?.width ?? 0;
  return {
    left: box.left + margin,
    top: box.top + margin,
    width: box.width - 2 * margin,
    height: box.height - 2 * margin,
  };
}
