import type { RecipeInput } from '../../../../functions/contracts/recipe.ts';
import type { CaptionInput, OverlayInput } from './document.ts';

/** A caption or an overlay, by its place in the recipe's list. */
export interface LayerRef {
  readonly kind: 'caption' | 'overlay';
  readonly index: number;
}

/** What captions and overlays have in common. */
export type LayerTiming = Pick<
  CaptionInput & OverlayInput,
  'fromMs' | 'toMs' | 'fadeMs' | 'slide' | 'rotate'
>;

export const isSameLayer = (one: LayerRef | undefined, other: LayerRef | undefined): boolean =>
  one?.kind === other?.kind && one?.index === other?.index;

export const layerAt = (
  recipe: RecipeInput,
  { kind, index }: LayerRef,
): CaptionInput | OverlayInput | undefined =>
  (kind === 'caption' ? recipe.captions : recipe.overlays)?.[index];

export const layerCount = ({ captions = [], overlays = [] }: RecipeInput, kind: LayerRef['kind']): number =>
  (kind === 'caption' ? captions : overlays).length;

/** All layers from the one furthest back to the one in front. */
export const layersOf = ({ overlays = [], captions = [] }: RecipeInput): LayerRef[] => [
  ...overlays.map((_, index) => ({ kind: 'overlay' as const, index })),
  ...captions.map((_, index) => ({ kind: 'caption' as const, index })),
];
