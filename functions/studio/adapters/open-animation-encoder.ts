import { createGifEncoder } from '../domain/gif/create-gif-encoder.ts';
import type { Plan } from '../domain/plan.ts';
import type { MovingEncoder } from './edit-maker.ts';
import { createWebpEncoder } from './sharp-webp-encoder.ts';

/** Opens the encoder of a planned animation. */
export async function openAnimationEncoder(plan: Plan): Promise<MovingEncoder> {
  const { canvas, loop, output } = plan;
  const { format, quality, dither } = output;
  switch (format) {
    case 'gif':
      return createGifEncoder({ ...canvas, loop, quality, dither });
    case 'webp':
      return createWebpEncoder({ ...canvas, loop, quality });
    case 'png':
    case 'jpeg':
    case 'avif':
    case 'mp4':
    case 'webm':
      throw new Error(`${format} is no animation`);
  }
}
