import { PermanentError } from '../../kernel/errors.ts';
import { parseColour } from '../../kernel/drawing/colour.ts';
import type { EditInputs } from '../domain/edit-ports.ts';
import { inputKey } from '../domain/known-inputs.ts';
import type { Plan } from '../domain/plan.ts';
import type { MovingEncoder } from './edit-maker.ts';
import { createMovieEncoder } from './movies/create-movie-encoder.ts';
import type { SoundSource } from './movies/movie-calls.ts';
import { MovieProcessLost } from './movies/movie-process.ts';

/** Longest for one frame, in milliseconds: VP9 at 1080p takes a tenth of it. */
const stallMs = 30_000;

/** Opens the encoder of a planned movie. One that takes longer than it may fails with a PermanentError `took-too-long`. */
export async function openMovieEncoder(
  plan: Plan,
  inputs: EditInputs,
  withinMs: number,
): Promise<MovingEncoder> {
  const { format, quality } = plan.output;
  if (format !== 'mp4' && format !== 'webm') {
    throw new Error(`${format} is no movie`);
  }
  const { width, height } = plan.canvas;
  const [red, green, blue] = plan.background === undefined ? [255, 255, 255] : rgb(plan.background);
  const sound = soundOf(plan, inputs);
  const encoder = await blamed(
    createMovieEncoder({
      format,
      width,
      height,
      quality,
      background: [red, green, blue],
      ...(sound === undefined ? {} : { sound }),
      limits: { stallMs: Math.min(stallMs, withinMs), totalMs: withinMs },
    }),
  );
  return {
    sound: encoder.sound,
    add: (pixels, atMs, durationMs) => blamed(encoder.add(pixels, atMs, durationMs)),
    addPlanes: (planes, atMs, durationMs) => blamed(encoder.addPlanes(planes, atMs, durationMs)),
    finish: () => blamed(encoder.finish()),
    close: () => encoder.close(),
  };
}

function soundOf({ sound, sources }: Plan, { files }: EditInputs): SoundSource | undefined {
  if (sound.kind !== 'copied') {
    return undefined;
  }
  const source = sources[sound.source];
  const bytes = source === undefined ? undefined : files.get(inputKey(source.input) ?? '');
  if (bytes === undefined) {
    throw new Error('The sound is to be copied of a source that was not read');
  }
  return { bytes, fromMs: sound.fromMs, toMs: sound.toMs };
}

async function blamed<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof MovieProcessLost
      ? new PermanentError(
          'took-too-long',
          'Making the movie took longer than it may. Make it shorter, smaller, or with fewer frames a second.',
          { cause: error },
        )
      : error;
  }
}

function rgb(colour: string): [number, number, number] {
  const { red, green, blue } = parseColour(colour);
  return [red, green, blue];
}
