import { editRecipe, type Edit } from './document.ts';
import type { RecipeInput } from '../../../../functions/contracts/recipe.ts';

export type Slideshow = Extract<RecipeInput['source'], { readonly kind: 'slideshow' }>;

/** At least so many, so that it is a slideshow, and at most so many. */
export const slideCount = { least: 2, most: 60 } as const;

/** How long a slide is shown unless somebody chooses. */
export const usualSlideMs = 2000;

export const changeSlideshow = (change: (source: Slideshow) => Slideshow): Edit =>
  editRecipe((recipe) =>
    recipe.source.kind === 'slideshow' ? { ...recipe, source: change(recipe.source) } : recipe,
  );

export const setSlideDuration = (index: number, durationMs: number): Edit =>
  changeSlideshow((source) => ({
    ...source,
    slides: source.slides.map((slide, at) =>
      at === index ? { ...slide, durationMs: Math.max(20, Math.round(durationMs)) } : slide,
    ),
  }));

export const moveSlide = (index: number, to: number): Edit =>
  changeSlideshow((source) => {
    const slide = source.slides[index];
    return slide === undefined || to < 0 || to >= source.slides.length || to === index
      ? source
      : { ...source, slides: source.slides.filter((_, at) => at !== index).toSpliced(to, 0, slide) };
  });

export const removeSlide = (index: number): Edit =>
  changeSlideshow((source) =>
    source.slides.length <= slideCount.least
      ? source
      : { ...source, slides: source.slides.filter((_, at) => at !== index) },
  );

export const addSlides = (uploads: readonly string[], durationMs: number): Edit =>
  changeSlideshow((source) => ({
    ...source,
    slides: [...source.slides, ...uploads.map((upload) => ({ upload, durationMs }))].slice(
      0,
      slideCount.most,
    ),
  }));
