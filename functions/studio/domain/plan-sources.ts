import type { GeometryStep, Recipe } from '../../contracts/recipe.ts';
import { inputKey, type KnownInputs } from './known-inputs.ts';
import type { PlannedInput } from './plan.ts';
import type { PointedStep } from './plan-geometry.ts';
import type { ProbedSource } from './ports.ts';
import type { Refusals } from './refusals.ts';

/** Decoding an animation means decoding all that comes before: more frames than anybody looks at. */
const mostSourceFrames = 1000;

/** A source of the recipe before its geometry is resolved. */
export interface OpenSource {
  readonly input: PlannedInput;
  readonly probed: ProbedSource;
  readonly steps: readonly PointedStep[];
}

/** What the recipe's source is made of: one, or as many as there are slides. What is not known is refused. */
export function openSources(recipe: Recipe, known: KnownInputs, refusals: Refusals): OpenSource[] {
  const own = recipe.geometry.map((step, index) => ({ step, pointer: `/geometry/${index}` }));
  const { source } = recipe;
  const open = (
    input: PlannedInput,
    pointer: string,
    what: string,
    first: readonly GeometryStep[],
  ): OpenSource[] => {
    const probed = known.probes.get(inputKey(input) ?? '');
    if (probed === undefined) {
      refusals.add(pointer, what);
      return [];
    }
    if (probed.kind === 'animation' && probed.delaysMs.length > mostSourceFrames) {
      refusals.add(
        pointer,
        `The animation has ${probed.delaysMs.length} frames; at most ${mostSourceFrames} are taken. Send a part of it, or a movie (MP4, WebM).`,
      );
    }
    return [{ input, probed, steps: [...first.map((step) => ({ step, pointer })), ...own] }];
  };
  const noUpload = 'There is no such upload of yours, or not any more.';
  switch (source.kind) {
    case 'template':
      return known.templates.has(source.template)
        ? open(source, '/source/template', `The template ${source.template} cannot be read.`, [])
        : (refusals.add(
            '/source/template',
            `There is no template ${source.template}; GET /studio/templates names all.`,
          ),
          []);
    case 'upload':
      return open(source, '/source/upload', noUpload, []);
    case 'slideshow': {
      const shortest = Math.min(...source.slides.map(({ durationMs }) => durationMs));
      if (source.crossFadeMs > shortest) {
        refusals.add(
          '/source/crossFadeMs',
          `A slide cannot fade for longer than it is shown: at most ${shortest}, the shortest slide.`,
        );
      }
      return source.slides.flatMap(({ upload }, index) => {
        const input = { kind: 'upload', upload } as const;
        const probed = known.probes.get(inputKey(input) ?? '');
        return open(
          input,
          `/source/slides/${index}/upload`,
          noUpload,
          probed === undefined ? [] : slideSteps(probed, source),
        );
      });
    }
    case 'colour':
    case 'gradient':
      return [{ input: painted(source), probed: probeOfPainted(source), steps: own }];
  }
}

/** Into the frame of the slideshow; black where a slide that is shown whole leaves room. */
function slideSteps(
  probed: ProbedSource,
  { width, height, fit }: Extract<Recipe['source'], { readonly kind: 'slideshow' }>,
): GeometryStep[] {
  if (fit === 'cover') {
    return [{ op: 'resize', width, height, fit: 'cover' }];
  }
  const factor = Math.min(width / probed.width, height / probed.height);
  const inside = {
    width: Math.min(width, Math.max(1, Math.round(probed.width * factor))),
    height: Math.min(height, Math.max(1, Math.round(probed.height * factor))),
  };
  const left = Math.floor((width - inside.width) / 2);
  const top = Math.floor((height - inside.height) / 2);
  return [
    { op: 'resize', ...inside, fit: 'fill' },
    {
      op: 'pad',
      left,
      top,
      right: width - inside.width - left,
      bottom: height - inside.height - top,
      colour: '#000000',
    },
  ];
}

type Painted = Extract<Recipe['source'], { readonly kind: 'colour' | 'gradient' }>;

function painted(source: Painted): PlannedInput {
  const { durationMs: _, ...input } = source;
  return input;
}

function probeOfPainted(source: Painted): ProbedSource {
  const colours = source.kind === 'colour' ? [source.colour] : [source.from, source.to];
  return {
    kind: 'still',
    contentType: 'image/png',
    width: source.width,
    height: source.height,
    delaysMs: [],
    durationMs: 0,
    hasTransparency: colours.some(isSeeThrough),
    audio: undefined,
    colour: '8 bits, sRGB',
    bytes: 0,
  };
}

/** Whether a colour is anything but opaque. */
export const isSeeThrough = (colour: string): boolean =>
  colour.length === 9 && colour.slice(7).toLowerCase() !== 'ff';
