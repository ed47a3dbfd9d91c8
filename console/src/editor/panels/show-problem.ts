import { refusalPlace } from '../make/refusal-place.ts';
import type { LayerRef } from '../state/layer.ts';

/** The caption or overlay that a refusal is about. */
export function layerOf(pointer: string): LayerRef | undefined {
  const { part, index } = refusalPlace(pointer);
  return index === undefined || (part !== 'captions' && part !== 'overlays')
    ? undefined
    : { kind: part === 'captions' ? 'caption' : 'overlay', index };
}

/** Brings what is wrong in the open panel into view, unfolded. */
export function showProblem(): void {
  const problem = document.querySelector('#ed-panel .problem');
  problem?.closest('details')?.setAttribute('open', '');
  problem?.scrollIntoView({ block: 'center' });
}
