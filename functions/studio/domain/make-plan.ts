import type { Recipe } from '../../contracts/recipe.ts';
import { moveBox } from './affine.ts';
import { isTimed } from './appearance.ts';
import { checkOutput } from './check-output.ts';
import { formats } from './formats.ts';
import { inputKey, type KnownInputs } from './known-inputs.ts';
import type { Plan } from './plan.ts';
import { planCanvas } from './plan-canvas.ts';
import { planGeometry, type Refuse } from './plan-geometry.ts';
import { planLayers } from './plan-layers.ts';
import { planLooks } from './plan-looks.ts';
import { planSound } from './plan-sound.ts';
import { openSources } from './plan-sources.ts';
import { planTime } from './plan-time.ts';
import { Refusals } from './refusals.ts';
import type { Segment } from './segment.ts';
import { sourceTimeline } from './source-timeline.ts';

/**
 * What is drawn, frame by frame. Decodes nothing.
 *
 * @throws HttpProblem 422 `invalid-recipe` with a pointer and a reason for everything that cannot be done
 */
export function makePlan(recipe: Recipe, known: KnownInputs): Plan {
  const refusals = new Refusals();
  const notes: string[] = [];
  const open = openSources(recipe, known, refusals);
  const probes = open.map(({ probed }) => probed);
  refusals.throwIfAny();
  checkOutput(recipe, refusals);
  const segments = sourceTimeline(recipe, probes, refusals);

  const refuse: Refuse = (pointer, detail) => refusals.add(pointer, detail);
  const [first] = open;
  // Slides have one size after their first step: what becomes of one becomes of all.
  const natural = first && planGeometry(first.probed, first.steps, refuse);
  refusals.throwIfAny();
  if (first === undefined || natural === undefined) {
    throw new Error('A source without a size was not refused.');
  }
  const canvas = planCanvas(natural.size, recipe, doesMove(recipe, known, segments), refusals, notes);
  const layers = planLayers(
    recipe,
    known,
    {
      canvas,
      template: recipe.source.kind === 'template' ? known.templates.get(recipe.source.template) : undefined,
      slotBox: (box) => natural.affine && moveBox(box, natural.affine, first.probed, natural.size),
    },
    refusals,
  );
  const looks = planLooks(recipe.looks, canvas, canvas.width / natural.size.width, refusals);
  refusals.throwIfAny();

  const time = planTime(recipe, segments, layers, canvas, refusals);
  const sources = open.map(({ input, probed, steps }) => ({
    input,
    probed,
    geometry: planGeometry(probed, steps, refuse, canvas)?.steps ?? [],
  }));
  refusals.throwIfAny();

  const { format, quality, dither, maxBytes } = recipe.output;
  const { isTransparent } = formats[format];
  const sound = planSound(recipe, probes);
  if (sound.kind === 'dropped') {
    notes.push(sound.because);
  }
  const background = recipe.output.background ?? (isTransparent ? undefined : '#ffffff');
  if (
    recipe.output.background === undefined &&
    !isTransparent &&
    probes.some((probed) => probed.hasTransparency)
  ) {
    notes.push(
      `${format} cannot be transparent: what was transparent is white. output.background sets another colour.`,
    );
  }
  return {
    canvas,
    sources,
    looks,
    layers: layers.map(({ layer }) => layer),
    ...time,
    background,
    sound,
    notes,
    output: { format, quality, dither, maxBytes },
  };
}

/** Whether the result is more than one moment, as far as its size is concerned. */
const doesMove = (
  { captions, overlays, output }: Recipe,
  { probes }: KnownInputs,
  segments: readonly Segment[],
) =>
  formats[output.format].kind !== 'still' &&
  output.stillAtMs === undefined &&
  (segments.length > 0 ||
    captions.some(isTimed) ||
    overlays.some(
      (overlay) => isTimed(overlay) || probes.get(inputKey(overlay.source) ?? '')?.kind === 'animation',
    ));
