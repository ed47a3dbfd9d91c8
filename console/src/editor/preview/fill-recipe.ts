import type { Recipe, RecipeCaption, RecipeInput } from '../../../../functions/contracts/recipe.ts';

type Source = RecipeInput['source'];

/**
 * A recipe with its defaults, as the service fills them in. The contract's own schema would bring a validation library to every phone; what is in a recipe of the
 * editor has its shape already, and the service checks it again.
 */
export function fillRecipe(recipe: RecipeInput): Recipe {
  const { timeline = {}, geometry = [], looks = [], captions = [], overlays = [], output } = recipe;
  return {
    version: 1,
    source: fillSource(recipe.source),
    timeline: { speed: 1, direction: 'forward', loop: 0, holdLastMs: 0, ...given(timeline) },
    geometry: geometry.map(fillStep),
    looks: looks.map(fillLook),
    captions: captions.map(fillCaption),
    overlays: overlays.map((overlay) =>
      Object.assign({ rotate: 0, opacity: 1, fadeMs: 0, slide: 'none' } as const, given(overlay)),
    ),
    output: { quality: 80, sound: 'keep', dither: false, ...given(output) },
  };
}

function fillCaption(caption: NonNullable<RecipeInput['captions']>[number]): RecipeCaption {
  const { outline, shadow, background } = caption;
  return {
    fadeMs: 0,
    slide: 'none',
    ...given(caption),
    outline: outline && { width: 4, colour: '#000000', ...given(outline) },
    shadow: shadow && { x: 4, y: 4, blur: 6, colour: '#00000099', ...given(shadow) },
    background: background && { padding: 12, radius: 0, ...given(background) },
  };
}

function fillSource(source: Source): Recipe['source'] {
  switch (source.kind) {
    case 'slideshow':
      return { crossFadeMs: 0, width: 720, height: 720, fit: 'cover', ...given(source) };
    case 'gradient':
      return { angle: 180, ...given(source) };
    case 'template':
    case 'upload':
    case 'colour':
      return source;
  }
}

function fillStep(step: NonNullable<RecipeInput['geometry']>[number]): Recipe['geometry'][number] {
  switch (step.op) {
    case 'crop':
      return 'aspect' in step.to
        ? { ...step, to: { focus: 'centre', ...given(step.to) } }
        : { ...step, to: step.to };
    case 'resize':
      return { fit: 'fit', ...given(step) };
    case 'rotate':
      return { background: '#00000000', ...given(step) };
    case 'pad':
      return { top: 0, right: 0, bottom: 0, left: 0, colour: '#ffffff', ...given(step) };
    case 'flip':
      return step;
  }
}

function fillLook(look: NonNullable<RecipeInput['looks']>[number]): Recipe['looks'][number] {
  switch (look.look) {
    case 'blur':
      return { amount: 5, ...given(look) };
    case 'sharpen':
      return { amount: 1, ...given(look) };
    case 'pixelate':
      return { size: 16, ...given(look) };
    case 'vignette':
      return { amount: 0.5, ...given(look) };
    case 'deep-fried':
      return { amount: 0.7, ...given(look) };
    case 'grayscale':
    case 'sepia':
    case 'invert':
    case 'brightness':
    case 'contrast':
    case 'saturation':
    case 'hue':
    case 'tint':
      return look;
  }
}

/** What is there and undefined is not there. */
type Given<T> = { [K in keyof T]: Exclude<T[K], undefined> };

function given<T extends object>(value: T): Given<T>;
function given(value: object): object {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined));
}
