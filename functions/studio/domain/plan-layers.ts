import type { Recipe, RecipeBox, RecipeCaption } from '../../contracts/recipe.ts';
import { upperCase } from '../../kernel/drawing/upper-case.ts';
import { isTimed } from './appearance.ts';
import { oneOf } from './in-words.ts';
import { inputKey, type KnownInputs } from './known-inputs.ts';
import type { PixelBox, PixelSize, PlannedCaption } from './plan.ts';
import type { TimedLayer } from './plan-frames.ts';
import type { TemplateInfo } from './ports.ts';
import type { Refusals } from './refusals.ts';
import { usualCaption } from './usual-caption.ts';

export const places = {
  top: { left: 0.03, top: 0.02, width: 0.94, height: 0.3 },
  middle: { left: 0.03, top: 0.35, width: 0.94, height: 0.3 },
  bottom: { left: 0.03, top: 0.68, width: 0.94, height: 0.3 },
} as const satisfies Record<string, RecipeBox>;

/** Lengths of captions are those of a canvas as wide as this. */
const captionWidth = 1000;
/** A caption box without one is meant so: its letters lie on paper. */
const noOutline = { width: 0, colour: '#000000' };

/** What captions are placed on. */
export interface LayerGround {
  readonly canvas: PixelSize;
  readonly template: TemplateInfo | undefined;
  /** A box of the template on the canvas; undefined when the recipe's geometry does not tell where it went. */
  readonly slotBox: (box: RecipeBox) => RecipeBox | undefined;
}

/** Overlays and captions in drawing order, in pixels of the canvas. What cannot be drawn is refused. */
export function planLayers(
  recipe: Recipe,
  known: KnownInputs,
  ground: LayerGround,
  refusals: Refusals,
): TimedLayer[] {
  const overlays = recipe.overlays.map((_, index) =>
    planOverlay(recipe, index, known, ground.canvas, refusals),
  );
  const captions = recipe.captions.map((caption, index) =>
    planCaption(caption, index, known, ground, refusals),
  );
  return [...overlays, ...captions].filter((layer) => layer !== undefined);
}

/** Whether anything over the picture changes while it is shown. */
export const areTimed = (layers: readonly TimedLayer[]): boolean =>
  layers.some(
    ({ layer, appearance }) =>
      isTimed(appearance) || (layer.kind === 'overlay' && layer.probed.kind !== 'still'),
  );

function planOverlay(
  { overlays }: Recipe,
  index: number,
  known: KnownInputs,
  canvas: PixelSize,
  refusals: Refusals,
): TimedLayer | undefined {
  const overlay = overlays[index];
  if (overlay === undefined) {
    return undefined;
  }
  const pointer = `/overlays/${index}`;
  const probed = known.probes.get(inputKey(overlay.source) ?? '');
  refuseTimes(overlay, pointer, refusals);
  const box = toPixels(overlay.box, canvas);
  if (!isOnPicture(box, canvas)) {
    refusals.add(`${pointer}/box`, 'The overlay lies outside of the picture.');
  }
  if (probed === undefined) {
    refusals.add(
      `${pointer}/source/${overlay.source.kind}`,
      overlay.source.kind === 'sticker'
        ? `There is no sticker ${overlay.source.sticker}.`
        : 'There is no such upload of yours, or not any more.',
    );
    return undefined;
  }
  if (probed.kind === 'movie') {
    refusals.add(
      `${pointer}/source`,
      'A movie cannot lie over a picture: send the overlay as a GIF, an animated WebP or a picture.',
    );
    return undefined;
  }
  return {
    layer: { kind: 'overlay', index, input: overlay.source, probed, box, rotate: overlay.rotate },
    appearance: overlay,
    opacity: overlay.opacity,
  };
}

function planCaption(
  caption: RecipeCaption,
  index: number,
  known: KnownInputs,
  { canvas, template, slotBox }: LayerGround,
  refusals: Refusals,
): TimedLayer | undefined {
  const pointer = `/captions/${index}`;
  refuseTimes(caption, pointer, refusals);
  const wanted = caption.place ?? (template?.captions[index] === undefined ? 'top' : { slot: index });
  const slot = typeof wanted === 'object' && 'slot' in wanted ? template?.captions[wanted.slot] : undefined;
  const font = caption.font ?? slot?.font ?? usualCaption.font;
  if (!known.fonts.has(font)) {
    refusals.add(`${pointer}/font`, `There is no font ${font}; there is ${oneOf(known.fonts)}.`);
  }
  const minSize =
    caption.minSize ?? Math.min(slot?.minSize ?? usualCaption.minSize, caption.maxSize ?? Infinity);
  const maxSize = caption.maxSize ?? (slot && Math.max(slot.maxSize, minSize));
  if (maxSize !== undefined && maxSize < minSize) {
    refusals.add(`${pointer}/maxSize`, `It must be at least minSize, ${minSize}.`);
  }
  const box = captionBox(wanted, pointer, { canvas, template, slotBox }, refusals);
  if (box === undefined) {
    return undefined;
  }
  const scale = canvas.width / captionWidth;
  const outline = caption.outline ?? (slot && (slot.outline ?? noOutline));
  const layer: PlannedCaption = {
    kind: 'caption',
    index,
    text:
      (caption.upperCase ?? slot?.upperCase ?? usualCaption.upperCase)
        ? upperCase(caption.text)
        : caption.text,
    font,
    box,
    minSize: minSize * scale,
    maxSize: maxSize === undefined ? undefined : maxSize * scale,
    maxLines: caption.maxLines ?? slot?.maxLines ?? usualCaption.maxLines,
    align: caption.align ?? slot?.align ?? usualCaption.align,
    verticalAlign:
      caption.verticalAlign ??
      slot?.verticalAlign ??
      (wanted === 'top' || wanted === 'bottom' ? wanted : 'middle'),
    colour: caption.colour ?? slot?.colour ?? usualCaption.colour,
    outline: outline && { ...outline, width: outline.width * scale },
    shadow: caption.shadow && {
      ...caption.shadow,
      x: caption.shadow.x * scale,
      y: caption.shadow.y * scale,
      blur: caption.shadow.blur * scale,
    },
    background: caption.background && {
      ...caption.background,
      padding: caption.background.padding * scale,
      radius: caption.background.radius * scale,
    },
    rotate: caption.rotate ?? slot?.rotate ?? usualCaption.rotate,
  };
  return { layer, appearance: caption, opacity: 1 };
}

/** The part of the box that is on the picture: text is fitted to that, and stays inside. */
function captionBox(
  place: Exclude<RecipeCaption['place'], undefined>,
  pointer: string,
  { canvas, template, slotBox }: LayerGround,
  refusals: Refusals,
): PixelBox | undefined {
  if (typeof place === 'string') {
    return toPixels(places[place], canvas);
  }
  if ('slot' in place) {
    const slot = template?.captions[place.slot];
    if (slot === undefined) {
      refusals.add(
        `${pointer}/place/slot`,
        template === undefined
          ? 'Only a template has caption boxes: give a box, or top, middle or bottom.'
          : `The template ${template.id} has ${template.captions.length} caption boxes; the first is 0.`,
      );
      return undefined;
    }
    const moved = slotBox(slot.box);
    if (moved === undefined) {
      refusals.add(
        `${pointer}/place`,
        'Where the caption box of the template goes is not known after a crop with focus attention: give a box, or top, middle or bottom.',
      );
      return undefined;
    }
    return onPicture(moved, canvas, `${pointer}/place/slot`, refusals);
  }
  return onPicture(place, canvas, `${pointer}/place`, refusals);
}

function onPicture(
  box: RecipeBox,
  canvas: PixelSize,
  pointer: string,
  refusals: Refusals,
): PixelBox | undefined {
  const { left, top, width, height } = toPixels(box, canvas);
  const inside = {
    left: Math.max(0, left),
    top: Math.max(0, top),
    width: Math.min(canvas.width, left + width) - Math.max(0, left),
    height: Math.min(canvas.height, top + height) - Math.max(0, top),
  };
  if (inside.width < 1 || inside.height < 1) {
    refusals.add(
      pointer,
      'The caption lies outside of the picture: 0, 0 is its top left corner and 1, 1 its bottom right.',
    );
    return undefined;
  }
  return inside;
}

function toPixels(box: RecipeBox, canvas: PixelSize): PixelBox {
  const left = Math.round(box.left * canvas.width);
  const top = Math.round(box.top * canvas.height);
  return {
    left,
    top,
    width: Math.max(1, Math.round((box.left + box.width) * canvas.width) - left),
    height: Math.max(1, Math.round((box.top + box.height) * canvas.height) - top),
  };
}

const isOnPicture = (box: PixelBox, canvas: PixelSize): boolean =>
  box.left < canvas.width && box.top < canvas.height && box.left + box.width > 0 && box.top + box.height > 0;

function refuseTimes(
  layer: {
    readonly fromMs?: number | undefined;
    readonly toMs?: number | undefined;
    readonly fadeMs: number;
    readonly slide: string;
  },
  pointer: string,
  refusals: Refusals,
): void {
  if (layer.toMs !== undefined && layer.toMs <= (layer.fromMs ?? 0)) {
    refusals.add(`${pointer}/toMs`, `It must come after fromMs, ${layer.fromMs ?? 0}.`);
  }
  if (layer.slide !== 'none' && layer.fadeMs === 0) {
    refusals.add(`${pointer}/fadeMs`, 'A slide takes time: give fadeMs, such as 300.');
  }
}
