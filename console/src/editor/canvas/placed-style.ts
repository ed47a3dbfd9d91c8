import type { Placed } from './box.ts';

/**
 * Where an element lies over the canvas.
 *
 * @param scale screen pixels to a pixel of the canvas
 */
export const placedStyle = ({ box: { left, top, width, height }, rotate }: Placed, scale: number) => ({
  left: `${left * scale}px`,
  top: `${top * scale}px`,
  width: `${width * scale}px`,
  height: `${height * scale}px`,
  transform: rotate === 0 ? 'none' : `rotate(${rotate}deg)`,
});
