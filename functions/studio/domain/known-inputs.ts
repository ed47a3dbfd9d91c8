import type { Recipe } from '../../contracts/recipe.ts';
import type { PlannedInput } from './plan.ts';
import type { ProbedSource, TemplateInfo } from './ports.ts';

/** What a recipe may name. A name that is missing here is refused with the reason. */
export interface KnownInputs {
  /** By `inputKey`: uploads of this client, and the templates and stickers that the recipe names. */
  readonly probes: ReadonlyMap<string, ProbedSource>;
  readonly templates: ReadonlyMap<string, TemplateInfo>;
  /** Ids of the bundled fonts. */
  readonly fonts: ReadonlySet<string>;
}

/** `upload:<id>`, `template:<id>` or `sticker:<id>`; undefined for what is painted and needs no probe. */
export function inputKey(input: PlannedInput): string | undefined {
  switch (input.kind) {
    case 'upload':
      return `upload:${input.upload}`;
    case 'template':
      return `template:${input.template}`;
    case 'sticker':
      return `sticker:${input.sticker}`;
    case 'colour':
    case 'gradient':
      return undefined;
  }
}

/** Everything a recipe reads, once each: probe these, then make the plan. */
export function readInputs(recipe: Recipe): PlannedInput[] {
  const all: PlannedInput[] = [
    ...(recipe.source.kind === 'slideshow'
      ? recipe.source.slides.map(({ upload }) => ({ kind: 'upload' as const, upload }))
      : recipe.source.kind === 'upload' || recipe.source.kind === 'template'
        ? [recipe.source]
        : []),
    ...recipe.overlays.map(({ source }) => source),
  ];
  return [...new Map(all.map((input) => [inputKey(input), input])).values()];
}
