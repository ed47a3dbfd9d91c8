import sharp from 'sharp';
import type { Picture } from '../../functions/kernel/drawing/canvas.ts';
import type { Size } from '../../functions/kernel/drawing/crop.ts';
import { withSvgLoader } from '../../functions/kernel/sharp/engine.ts';
import { decodeImage } from '../../functions/personalise/adapters/sharp-image-layer.ts';

const readable = new Set(['svg', 'png', 'jpeg', 'webp']);

/** What keeps an image from being drawn as its author sees it, in words; undefined when nothing does. */
export async function checkImage(name: string, bytes: Uint8Array): Promise<string | undefined> {
  try {
    const { format } = await withSvgLoader(() => sharp(bytes).metadata());
    if (!readable.has(format)) {
      return `${name} is ${format.toUpperCase()}; an image must be SVG, PNG, JPEG or WebP.`;
    }
    return format === 'svg' ? checkSvg(name, new TextDecoder().decode(bytes)) : undefined;
  } catch (error) {
    return `${name} cannot be read as an image: ${error instanceof Error ? error.message : String(error)}.`;
  }
}

function checkSvg(name: string, svg: string): string | undefined {
  const drawn = svg.replaceAll(/<!--.*?-->/gsu, '');
  if (/<(?:\w+:)?(?:text|foreignObject)[\s>]/iu.test(drawn)) {
    return `${name} contains text, which would be drawn with whatever fonts the machine has: turn it into paths, or use a text layer.`;
  }
  const outside =
    /\bhref\s*=\s*["'](?!#|data:)([^"']*)/iu.exec(drawn)?.[1] ??
    /url\(\s*["']?(?!#|data:|["'])([^)"']+)/iu.exec(drawn)?.[1];
  return outside === undefined
    ? undefined
    : `${name} refers to “${outside}” outside of itself, which is not read: embed it.`;
}

/** Draws an image file stretched to `size`, with `opacity`. SVG is drawn at that size, not enlarged. */
export function rasterise(bytes: Uint8Array, size: Size, opacity = 1): Promise<Picture> {
  return withSvgLoader(() => decodeImage(bytes, size, opacity));
}
