import { around, type Bounds, doMeet } from './bounds.ts';

/** Something that is drawn over the base. */
export interface Stamp {
  /** What it looks like and where it is: two with the same key draw the same pixels. */
  readonly key: string;
  /** It draws nothing outside of these. */
  readonly bounds: Bounds;
  readonly draw: (context: CanvasRenderingContext2D) => void;
}

/** All that is seen on a canvas. */
export interface Scene {
  readonly base: OffscreenCanvas;
  readonly background: string | undefined;
  /** In drawing order. */
  readonly stamps: readonly Stamp[];
}

/**
 * Draws a scene where it differs from the one that the canvas shows: while somebody types, that is a line of text and not the picture under it.
 * @param shown what the canvas shows; undefined when that is not known
 */
export function paintScene(context: CanvasRenderingContext2D, scene: Scene, shown: Scene | undefined): void {
  const { width, height } = scene.base;
  const whole = { left: 0, top: 0, right: width, bottom: height };
  const dirty = isOtherwiseTheSame(scene, shown) ? changed(scene, shown) : whole;
  if (dirty === undefined) {
    return;
  }
  const left = Math.max(0, Math.floor(dirty.left));
  const top = Math.max(0, Math.floor(dirty.top));
  const wide = Math.min(width, Math.ceil(dirty.right)) - left;
  const high = Math.min(height, Math.ceil(dirty.bottom)) - top;
  if (wide <= 0 || high <= 0) {
    return;
  }
  context.save();
  context.resetTransform();
  context.beginPath();
  context.rect(left, top, wide, high);
  context.clip();
  context.clearRect(left, top, wide, high);
  if (scene.background !== undefined) {
    context.fillStyle = scene.background;
    context.fillRect(left, top, wide, high);
  }
  context.drawImage(scene.base, left, top, wide, high, left, top, wide, high);
  const area = { left, top, right: left + wide, bottom: top + high };
  for (const stamp of scene.stamps) {
    if (doMeet(stamp.bounds, area)) {
      stamp.draw(context);
    }
  }
  context.restore();
}

function isOtherwiseTheSame(scene: Scene, shown: Scene | undefined): shown is Scene {
  return shown !== undefined && shown.base === scene.base && shown.background === scene.background;
}

/** What encloses all that came, went or changed places; undefined for nothing. */
function changed({ stamps }: Scene, shown: Scene): Bounds | undefined {
  const before = new Set(shown.stamps.map(({ key }) => key));
  const after = new Set(stamps.map(({ key }) => key));
  const stayed = stamps.filter(({ key }) => before.has(key));
  const hadStayed = shown.stamps.filter(({ key }) => after.has(key));
  const isInOrder =
    stayed.length === hadStayed.length && stayed.every(({ key }, index) => key === hadStayed[index]?.key);
  const other = isInOrder
    ? [...stamps.filter(({ key }) => !before.has(key)), ...shown.stamps.filter(({ key }) => !after.has(key))]
    : [...stamps, ...shown.stamps];
  return around(other.map(({ bounds }) => bounds));
}
