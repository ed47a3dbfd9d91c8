import type { EditResult } from '../../contracts/edit.ts';
import type { Recipe, StudioFormat } from '../../contracts/recipe.ts';
import { toRgba } from '../../kernel/drawing/channels.ts';
import { PermanentError } from '../../kernel/errors.ts';
import { encodeStill } from '../../kernel/sharp/encode-still.ts';
import type { EditInputs, EditMaker, MadeFile } from '../domain/edit-ports.ts';
import { fitBytes } from '../domain/fit-bytes.ts';
import { makePlan } from '../domain/make-plan.ts';
import type { Plan } from '../domain/plan.ts';
import type { FrameEncoder } from '../domain/ports.ts';
import { fitRange, withSettings } from '../domain/sacrifice.ts';
import type { CaptionFont } from './sharp-caption.ts';
import { openPixels } from './open-pixels.ts';
import { createPainter } from './sharp-painter.ts';

/** What becomes of the sound, told by who encodes. */
export type MadeSound =
  | { readonly sound: 'none' | 'kept' }
  | { readonly sound: 'dropped'; readonly why: string };

export interface MovingEncoder extends FrameEncoder {
  /** Of a movie: takes a frame as `Painter.paintPlanes` answers it; it is the encoder's from now on. */
  readonly addPlanes?: FrameEncoder['add'];
  readonly sound?: MadeSound;
}

export interface EditMakerDeps {
  readonly font: (id: string, text: string) => Promise<CaptionFont>;
  /** Opens the encoder of something that moves. Movies are made in one function only: the other refuses them before it comes to this. */
  readonly encoder: (plan: Plan, inputs: EditInputs, withinMs: number) => Promise<MovingEncoder>;
  /** Opens the frames of a movie, at the size in which they are painted where that is smaller. */
  readonly openMovie: Parameters<typeof openPixels>[0]['openMovie'];
  /** Epoch milliseconds. */
  readonly clock: () => number;
}

/** One encoding of a plan. */
interface Encoded {
  readonly bytes: Uint8Array;
  readonly plan: Plan;
  readonly sound: MadeSound;
  readonly byteLength: number;
}

/** Draws the frames of a plan one after the other and encodes them. With `maxBytes` it is done again, with less, until it fits. */
export function createEditMaker(deps: EditMakerDeps): EditMaker {
  return {
    make: async ({ recipe, plan, inputs, withinMs }): Promise<MadeFile> => {
      const deadline = deps.clock() + withinMs;
      const { maxBytes } = plan.output;
      if (maxBytes === undefined) {
        return toFile(await encode(deps, plan, inputs, deadline), undefined);
      }
      const { encoded, settings } = await fitBytes(fitRange(plan, recipe), maxBytes, (wanted) =>
        encode(deps, replan(recipe, wanted, inputs), inputs, deadline),
      );
      const { width, height } = encoded.plan.canvas;
      return toFile(encoded, {
        quality: settings.quality,
        width,
        height,
        ...(settings.frameRate === undefined ? {} : { frameRate: settings.frameRate }),
      });
    },
  };
}

const replan = (recipe: Recipe, settings: Parameters<typeof withSettings>[1], inputs: EditInputs): Plan =>
  makePlan(withSettings(recipe, settings), inputs.known);

async function encode(
  deps: EditMakerDeps,
  plan: Plan,
  inputs: EditInputs,
  deadline: number,
): Promise<Encoded> {
  const { pixels, close } = await openPixels(deps, plan, inputs);
  try {
    const painter = createPainter(plan, { font: deps.font, pixels });
    const { format } = plan.output;
    if (!plan.isMoving && isStillFormat(format)) {
      const picture = await painter.paint(plan.frames[0] ?? missingFrame());
      const bytes = await encodeStill(picture, { format, quality: plan.output.quality });
      return { bytes, byteLength: bytes.byteLength, plan, sound: { sound: 'none' } };
    }
    const encoder = await deps.encoder(plan, inputs, deadline - deps.clock());
    try {
      for (const frame of plan.frames) {
        if (deps.clock() > deadline) {
          throw new PermanentError(
            'took-too-long',
            'It took longer than it may. Make it shorter, smaller, or with fewer frames a second.',
          );
        }
        const { atMs, durationMs } = frame;
        await (painter.paintPlanes === undefined || encoder.addPlanes === undefined
          ? encoder.add(toRgba(await painter.paint(frame)).data, atMs, durationMs)
          : encoder.addPlanes(await painter.paintPlanes(frame), atMs, durationMs));
      }
      const bytes = await encoder.finish();
      return { bytes, byteLength: bytes.byteLength, plan, sound: encoder.sound ?? { sound: 'none' } };
    } finally {
      await encoder.close();
    }
  } finally {
    await close();
  }
}

function toFile({ bytes, plan, sound }: Encoded, chosen: EditResult['chosen']): MadeFile {
  const { canvas, output, durationMs, frames } = plan;
  const dropped =
    sound.sound === 'dropped' ? sound.why : plan.sound.kind === 'dropped' ? plan.sound.because : undefined;
  return {
    bytes,
    result: {
      format: output.format,
      contentType: contentTypes[output.format],
      width: canvas.width,
      height: canvas.height,
      durationMs,
      frames: frames.length,
      ...(chosen === undefined ? {} : { chosen }),
      sound: dropped === undefined ? sound.sound : 'dropped',
      notes: [...plan.notes, ...(dropped === undefined || plan.notes.includes(dropped) ? [] : [dropped])],
    },
  };
}

const stillFormats = ['png', 'jpeg', 'webp', 'avif'] as const;
const isStillFormat = (format: StudioFormat): format is (typeof stillFormats)[number] =>
  stillFormats.some((each) => each === format);

function missingFrame(): never {
  throw new Error('The plan has no frame.');
}

const contentTypes: Readonly<Record<StudioFormat, string>> = {
  png: 'image/png',
  jpeg: 'image/jpeg',
  webp: 'image/webp',
  avif: 'image/avif',
  gif: 'image/gif',
  mp4: 'video/mp4',
  webm: 'video/webm',
};
