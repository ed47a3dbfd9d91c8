import type { TextLayer } from '../../contracts/campaign.ts';
import { upperCase } from '../../kernel/drawing/upper-case.ts';

const slotReference = /\{([a-z0-9-]+)\}/gu;

/** The ids of the slots that `text` refers to, as `{slot}`. */
export function slotsIn(text: string): string[] {
  return [...text.matchAll(slotReference)].map(([, id]) => id ?? '');
}

/** What a text layer draws: its text with the slots filled in, in capitals where it asks for them. A slot left empty leaves no gap. */
export function layerText(
  layer: Pick<TextLayer, 'text' | 'upperCase'>,
  slots: Readonly<Record<string, string>>,
): string {
  const filled = layer.text.replaceAll(slotReference, (_whole, id: string) =>
    Object.hasOwn(slots, id) ? (slots[id] ?? '') : '',
  );
  const text = filled.normalize('NFC').replaceAll(/\s+/gu, ' ').trim();
  return layer.upperCase ? upperCase(text) : text;
}
