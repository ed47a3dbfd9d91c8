import type { RecipeInput } from '../../../../functions/contracts/recipe.ts';
import { estimate } from '../../../../functions/studio/domain/estimate.ts';
import { inputKey, readInputs } from '../../../../functions/studio/domain/known-inputs.ts';
import { makePlan } from '../../../../functions/studio/domain/make-plan.ts';
import type {
  PixelBox,
  Plan,
  PlannedCaption,
  PlannedInput,
} from '../../../../functions/studio/domain/plan.ts';
import type { ProbedSource } from '../../../../functions/studio/domain/ports.ts';
import { HttpProblem } from '../../../../functions/kernel/http-problem.ts';
import { frameAt } from '../../../../console/src/editor/canvas/frame-at.ts';
import { fillRecipe } from '../../../../console/src/editor/preview/fill-recipe.ts';
import type { createPreview, Preview } from '../../../../console/src/editor/preview/preview.ts';

/**
 * A preview without pictures: it plans as the real one does and paints flat colours, so that what hands do to boxes and times can be tried without a studio. What
 * a file is stands in it, as the JSON of what probing it would find.
 */
export const createFakePreview: typeof createPreview = (files, library): Preview => {
  let plan: Plan | undefined;
  const probe = async (input: PlannedInput): Promise<ProbedSource | undefined> => {
    switch (input.kind) {
      case 'upload': {
        const blob = files(input.upload);
        return blob === undefined ? undefined : probed(JSON.parse(await blob.text()));
      }
      case 'template':
        return probed(library.templates.find(({ id }) => id === input.template) ?? {});
      case 'sticker':
        return probed({ width: 256, height: 256, hasTransparency: true });
      case 'colour':
      case 'gradient':
        return undefined;
    }
  };
  const paint = (canvas: HTMLCanvasElement, atMs: number): void => {
    const context = canvas.getContext('2d');
    if (plan === undefined || context === null) {
      return;
    }
    const { width, height } = plan.canvas;
    canvas.width = width;
    canvas.height = height;
    const frame = plan.frames[frameAt(plan, atMs)];
    const shade = ((frame?.sources[0]?.frame ?? 0) * 23) % 360;
    const ground = context.createLinearGradient(0, 0, width, height);
    ground.addColorStop(0, `hsl(${200 + shade} 45% 62%)`);
    ground.addColorStop(1, `hsl(${250 + shade} 40% 38%)`);
    context.fillStyle = ground;
    context.fillRect(0, 0, width, height);
    for (const seen of frame?.layers ?? []) {
      const layer = plan.layers[seen.layer];
      if (layer !== undefined) {
        context.save();
        context.globalAlpha = seen.opacity;
        const { left, top, width: across, height: down } = layer.box;
        context.translate(left + across / 2 + seen.dx, top + down / 2 + seen.dy);
        context.rotate((layer.rotate * Math.PI) / 180);
        if (layer.kind === 'overlay') {
          context.fillStyle = '#ffc21f';
          context.beginPath();
          context.arc(0, 0, Math.min(across, down) / 2, 0, Math.PI * 2);
          context.fill();
        } else {
          const size = letterSize(layer);
          context.font = `800 ${size}px sans-serif`;
          context.textAlign = 'center';
          context.textBaseline = 'middle';
          context.lineWidth = (layer.outline?.width ?? 4) * 2;
          context.strokeStyle = layer.outline?.colour ?? '#000';
          context.lineJoin = 'round';
          context.strokeText(layer.text, 0, 0);
          context.fillStyle = layer.colour;
          context.fillText(layer.text, 0, 0);
        }
        context.restore();
      }
    }
  };
  return {
    async show(input: RecipeInput) {
      const recipe = fillRecipe(input);
      const probes = new Map<string, ProbedSource>();
      for (const each of readInputs(recipe)) {
        const found = await probe(each);
        if (found !== undefined) {
          probes.set(inputKey(each) ?? '', found);
        }
      }
      try {
        plan = makePlan(recipe, {
          probes,
          templates: new Map(library.templates.map((each) => [each.id, each])),
          fonts: new Set(library.fonts.fonts.map(({ id }) => id)),
        });
      } catch (error) {
        if (error instanceof HttpProblem) {
          return { refusals: error.problem.errors ?? [], notes: [] };
        }
        throw error;
      }
      return {
        plan,
        refusals: [],
        notes: plan.notes,
        estimate: {
          milliseconds: estimate(plan).milliseconds,
          bytes: plan.canvas.width * plan.canvas.height * plan.frames.length * 0.3,
        },
      };
    },
    paint: (canvas, atMs) => {
      paint(canvas, atMs);
      return Promise.resolve();
    },
    async thumbnails(count, height) {
      return await Promise.all(
        Array.from({ length: count }, async (_, index) => {
          const canvas = document.createElement('canvas');
          const atMs = ((plan?.durationMs ?? 0) * index) / count;
          paint(canvas, atMs);
          return { atMs, picture: await createImageBitmap(canvas, { resizeHeight: height }) };
        }),
      );
    },
    captionBox: (index) => {
      const layer = plan?.layers.find((each) => each.kind === 'caption' && each.index === index);
      return layer?.kind === 'caption' ? letters(layer) : undefined;
    },
    captionLines: (index) => {
      const layer = plan?.layers.find((each) => each.kind === 'caption' && each.index === index);
      if (layer?.kind !== 'caption') {
        return undefined;
      }
      const { left, top, width, height } = letters(layer);
      return {
        size: height,
        pitch: height,
        family: 'sans-serif',
        lines: [{ text: layer.text, left, baseline: top + height * 0.8, width }],
      };
    },
    close: () => undefined,
  };
};

const letterSize = ({ box, text, maxSize = Infinity }: PlannedCaption): number =>
  Math.min(maxSize, box.height * 0.8, (box.width / Math.max(1, text.length)) * 1.5);

function letters(caption: PlannedCaption): PixelBox {
  const { box, text, align, verticalAlign } = caption;
  const size = letterSize(caption);
  const width = Math.round(Math.min(box.width, text.length * size * 0.6));
  const height = Math.round(size);
  return {
    left: Math.round(box.left + { left: 0, centre: 0.5, right: 1 }[align] * (box.width - width)),
    top: Math.round(box.top + { top: 0, middle: 0.5, bottom: 1 }[verticalAlign] * (box.height - height)),
    width,
    height,
  };
}

const probed = (known: Partial<ProbedSource>): ProbedSource => {
  const { width = 640, height = 480, delaysMs = [] } = known;
  return {
    kind: delaysMs.length > 0 ? (known.kind ?? 'animation') : 'still',
    contentType: 'image/png',
    width,
    height,
    delaysMs,
    durationMs: delaysMs.reduce((sum, delay) => sum + delay, 0),
    hasTransparency: known.hasTransparency ?? false,
    audio: known.audio,
    colour: 'sRGB',
    bytes: 10_000,
  };
};
