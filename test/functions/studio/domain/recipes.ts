import { recipeSchema, type Recipe, type RecipeInput } from '../../../../functions/contracts/recipe.ts';
import { HttpProblem } from '../../../../functions/kernel/http-problem.ts';
import type { KnownInputs } from '../../../../functions/studio/domain/known-inputs.ts';
import { makePlan } from '../../../../functions/studio/domain/make-plan.ts';
import type { Plan } from '../../../../functions/studio/domain/plan.ts';
import type { ProbedSource, TemplateInfo } from '../../../../functions/studio/domain/ports.ts';

const ids = {
  photo: '01HZZZZZZZZZZZZZZZZZZZZZZA',
  gif: '01HZZZZZZZZZZZZZZZZZZZZZZB',
  clip: '01HZZZZZZZZZZZZZZZZZZZZZZC',
  tall: '01HZZZZZZZZZZZZZZZZZZZZZZD',
} as const;

export const uploadOf = (name: keyof typeof ids) => ({ kind: 'upload' as const, upload: ids[name] });
export const slideOf = (name: keyof typeof ids, durationMs: number) => ({ upload: ids[name], durationMs });

export const stillOf = (width: number, height: number, hasTransparency = false): ProbedSource => ({
  kind: 'still',
  contentType: 'image/png',
  width,
  height,
  delaysMs: [],
  durationMs: 0,
  hasTransparency,
  audio: undefined,
  colour: '8 bits, sRGB',
  bytes: 100_000,
});

export const animationOf = (delaysMs: readonly number[], width = 480, height = 320): ProbedSource => ({
  ...stillOf(width, height),
  kind: 'animation',
  contentType: 'image/gif',
  delaysMs,
  durationMs: delaysMs.reduce((sum, delay) => sum + delay, 0),
});

export const clipOf = (
  frames: number,
  frameRate: number,
  { width = 1280, height = 720, audio = 'aac' }: { width?: number; height?: number; audio?: string } = {},
): ProbedSource => ({
  ...stillOf(width, height),
  kind: 'movie',
  contentType: 'video/mp4',
  delaysMs: Array.from({ length: frames }, () => 1000 / frameRate),
  durationMs: (frames * 1000) / frameRate,
  audio,
  colour: 'H.264, BT.709',
});

const plainBox = {
  label: 'A box',
  minSize: 14,
  maxSize: 90,
  maxLines: 3,
  align: 'centre',
  verticalAlign: 'middle',
  upperCase: false,
  rotate: 0,
} as const;

const template: TemplateInfo = {
  id: 'two-boxes',
  name: 'Two boxes',
  keywords: [],
  isAnimated: false,
  width: 800,
  height: 600,
  captions: [
    {
      ...plainBox,
      box: { left: 0.1, top: 0.1, width: 0.4, height: 0.2 },
      example: 'one',
      colour: '#112233',
      font: 'bangers',
    },
    {
      ...plainBox,
      minSize: 20,
      maxSize: 50,
      maxLines: 2,
      align: 'left',
      verticalAlign: 'bottom',
      upperCase: true,
      rotate: -4,
      outline: { width: 5, colour: '#102030' },
      box: { left: 0.5, top: 0.6, width: 0.4, height: 0.2 },
      example: 'two',
      colour: '#ffffff',
      font: 'anton',
    },
  ],
};

/** What the recipes of these tests may name; probes may be replaced. */
export function knownInputs(probes: Partial<Record<keyof typeof ids, ProbedSource>> = {}): KnownInputs {
  return {
    probes: new Map([
      [`upload:${ids.photo}`, probes.photo ?? stillOf(1200, 900)],
      [`upload:${ids.gif}`, probes.gif ?? animationOf([100, 60, 70, 200])],
      [`upload:${ids.clip}`, probes.clip ?? clipOf(150, 30)],
      [`upload:${ids.tall}`, probes.tall ?? stillOf(600, 1200)],
      ['template:two-boxes', stillOf(800, 600)],
      ['sticker:star', animationOf([80, 80], 100, 100)],
      ['sticker:moustache', stillOf(200, 100, true)],
    ]),
    templates: new Map([[template.id, template]]),
    fonts: new Set(['anton', 'bangers']),
  };
}

export const recipeOf = (input: RecipeInput): Recipe => recipeSchema.parse(input);

export const planOf = (
  input: RecipeInput,
  probes: Partial<Record<keyof typeof ids, ProbedSource>> = {},
): Plan => makePlan(recipeOf(input), knownInputs(probes));

/** The refusals of an action, as `pointer: detail`; fails the test when it is not refused with a 422. */
export function refusalsOf(action: () => unknown): string[] {
  try {
    action();
  } catch (error) {
    if (error instanceof HttpProblem && error.problem.status === 422) {
      return (
        error.problem.errors?.map(({ pointer, detail }) => `${pointer}: ${detail}`) ?? [error.problem.detail]
      );
    }
    throw error;
  }
  throw new Error('It was not refused.');
}
