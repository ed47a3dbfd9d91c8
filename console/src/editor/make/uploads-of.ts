import type { RecipeInput } from '../../../../functions/contracts/recipe.ts';

/** The uploads that a recipe names, once each. */
export function uploadsOf(recipe: RecipeInput): string[] {
  const names = new Set<string>();
  renameUploads(recipe, (name) => {
    names.add(name);
    return name;
  });
  return [...names];
}

/** The same recipe with other names of its uploads. */
export function renameUploads(recipe: RecipeInput, rename: (name: string) => string): RecipeInput {
  const { source, overlays } = recipe;
  return {
    ...recipe,
    source: renameSource(source, rename),
    ...(overlays === undefined
      ? {}
      : { overlays: overlays.map((overlay) => renameOverlay(overlay, rename)) }),
  };
}

type Overlay = NonNullable<RecipeInput['overlays']>[number];

const renameOverlay = (overlay: Overlay, rename: (name: string) => string): Overlay =>
  overlay.source.kind === 'upload'
    ? { ...overlay, source: { ...overlay.source, upload: rename(overlay.source.upload) } }
    : overlay;

function renameSource(
  source: RecipeInput['source'],
  rename: (name: string) => string,
): RecipeInput['source'] {
  switch (source.kind) {
    case 'upload':
      return { ...source, upload: rename(source.upload) };
    case 'slideshow':
      return {
        ...source,
        slides: source.slides.map((slide) => ({ ...slide, upload: rename(slide.upload) })),
      };
    case 'template':
    case 'colour':
    case 'gradient':
      return source;
  }
}
