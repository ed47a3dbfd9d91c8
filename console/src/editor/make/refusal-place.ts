import type { Refusal } from '../preview/preview.ts';

/** The parts of a recipe, each of which one panel of the editor shows. */
const refusalParts = ['source', 'timeline', 'geometry', 'looks', 'captions', 'overlays', 'output'] as const;
export type RefusalPart = (typeof refusalParts)[number];

/** Where in the editor a refusal is shown. */
export interface RefusalPlace {
  readonly part: RefusalPart;
  /** Which caption, overlay, look, step or slide, from 0. */
  readonly index?: number;
  /** The field that it is about, such as `text`, `toMs` or `maxBytes`; absent when it is about all of that part. */
  readonly control?: string;
}

/** The place of a pointer such as `/captions/0/toMs`, or `/recipe/captions/0/toMs` as the API answers it. What names no part is about the source. */
export function refusalPlace(pointer: string): RefusalPlace {
  const [part, ...steps] = pointer
    .replace(/^\/recipe(?=\/|$)/u, '')
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  const known = refusalParts.find((each) => each === part);
  if (known === undefined) {
    return { part: 'source' };
  }
  const [first, ...deeper] = known === 'source' && steps[0] === 'slides' ? steps.slice(1) : steps;
  const isIndex = first !== undefined && /^\d+$/u.test(first);
  const control = isIndex ? deeper[0] : first;
  return {
    part: known,
    ...(isIndex ? { index: Number(first) } : {}),
    ...(control === undefined ? {} : { control }),
  };
}

/**
 * The sentences to show at a control. Without `control`: all that is said of the part, or of its item with this index.
 *
 * @param at e.g. `{ part: 'captions', index: 0, control: 'text' }`
 */
export const refusalsAt = (refusals: readonly Refusal[], at: RefusalPlace): string[] =>
  refusals
    .filter(({ pointer }) => {
      const place = refusalPlace(pointer);
      return (
        place.part === at.part &&
        (at.index === undefined || place.index === at.index) &&
        (at.control === undefined || place.control === at.control)
      );
    })
    .map(({ detail }) => detail);
