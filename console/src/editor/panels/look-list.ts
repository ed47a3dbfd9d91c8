import type { LookInput } from '../state/document.ts';
import { wholeBox } from '../state/fractions.ts';
import type { LookName } from '../state/look-edits.ts';

export interface LookChoice {
  readonly name: string;
  /** What it begins with. */
  readonly look: LookInput;
  /** What can be said about it; absent where it is one thing only. */
  readonly amount?:
    | {
        readonly key: 'amount' | 'degrees' | 'size';
        readonly label: string;
        readonly min: number;
        readonly max: number;
        readonly step: number;
        /** The number in the recipe is this times the number that is shown. */
        readonly factor: number;
        readonly unit: string;
      }
    | undefined;
}

const percent = (label: string, min: number, max: number): LookChoice['amount'] => ({
  key: 'amount',
  label,
  min,
  max,
  step: 1,
  factor: 0.01,
  unit: '%',
});

/** In the order in which they are offered: what changes the mood first, then what corrects. */
export const lookChoices: readonly LookChoice[] = [
  { name: 'Mono', look: { look: 'grayscale' } },
  { name: 'Sepia', look: { look: 'sepia' } },
  {
    name: 'Deep-fried',
    look: { look: 'deep-fried', amount: 0.7 },
    amount: percent('How long it was fried', 0, 100),
  },
  { name: 'Vignette', look: { look: 'vignette', amount: 0.6 }, amount: percent('Strength', 0, 100) },
  { name: 'Negative', look: { look: 'invert' } },
  { name: 'Tint', look: { look: 'tint', colour: '#ff5a4f' } },
  {
    name: 'Hue',
    look: { look: 'hue', degrees: 90 },
    amount: {
      key: 'degrees',
      label: 'Turn of the colours',
      min: -180,
      max: 180,
      step: 1,
      factor: 1,
      unit: '°',
    },
  },
  {
    name: 'Pixels',
    look: { look: 'pixelate', box: wholeBox, size: 24 },
    amount: { key: 'size', label: 'Size of the squares', min: 2, max: 128, step: 1, factor: 1, unit: 'px' },
  },
  {
    name: 'Blur',
    look: { look: 'blur', amount: 5 },
    amount: { key: 'amount', label: 'Strength', min: 0.5, max: 40, step: 0.5, factor: 1, unit: '' },
  },
  {
    name: 'Sharp',
    look: { look: 'sharpen', amount: 2 },
    amount: { key: 'amount', label: 'Strength', min: 0.5, max: 10, step: 0.5, factor: 1, unit: '' },
  },
  { name: 'Brightness', look: { look: 'brightness', amount: 1.25 }, amount: percent('Brightness', 0, 300) },
  { name: 'Contrast', look: { look: 'contrast', amount: 1.35 }, amount: percent('Contrast', 0, 300) },
  { name: 'Saturation', look: { look: 'saturation', amount: 1.7 }, amount: percent('Saturation', 0, 400) },
];

export const choiceOf = (name: LookName): LookChoice | undefined =>
  lookChoices.find(({ look }) => look.look === name);

/** The number of a look as the recipe has it. */
export function amountOf(look: LookInput, { key }: NonNullable<LookChoice['amount']>): number {
  const value: unknown = Reflect.get(look, key);
  return typeof value === 'number' ? value : 0;
}

export const withAmount = (
  look: LookInput,
  { key, factor }: NonNullable<LookChoice['amount']>,
  shown: number,
): LookInput => ({ ...look, [key]: Math.round(shown * factor * 1000) / 1000 });
