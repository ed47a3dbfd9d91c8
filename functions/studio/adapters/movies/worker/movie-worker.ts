import { inspect } from 'node:util';
import { parentPort } from 'node:worker_threads';
import { PermanentError } from '../../../../kernel/errors.ts';
import type { MovieAnswer, MovieCall, MovieCalls, MovieQuestion, Size } from '../movie-calls.ts';
import { decodeFrames, type DecodedFrame } from './decode-frames.ts';
import { encodeMovie, type MovieMaker } from './encode-movie.ts';
import { openMovieFile, type MovieFile } from './movie-file.ts';
import { asDamaged } from './damaged.ts';
import { probe } from './probe.ts';
import { trim } from './trim.ts';

// The thread in which movies are read and made: whatever a hostile file does to it, the one that started it ends it in time.

let movie: { readonly file: MovieFile; readonly size: Size } | undefined;
let frames: AsyncGenerator<DecodedFrame, void, void> | undefined;
let maker: MovieMaker | undefined;

interface Given {
  readonly gives: MovieCalls[MovieCall]['gives'];
  /** What is given away, not copied. */
  readonly transfer?: readonly ArrayBuffer[];
}

async function answer(question: MovieQuestion): Promise<Given> {
  switch (question.call) {
    case 'probe':
      return { gives: await probe(question.takes.bytes) };
    case 'open': {
      const file = await openMovieFile(question.takes.bytes).catch((error: unknown) => {
        throw asDamaged(error);
      });
      movie = { file, size: question.takes.size ?? file.upright };
      return { gives: movie.size };
    }
    case 'select':
      if (movie === undefined) {
        throw new Error('No movie is open');
      }
      await frames?.return();
      frames = decodeFrames(movie.file, question.takes.indices, movie.size);
      return { gives: undefined };
    case 'next': {
      const { value } = (await frames?.next()) ?? {};
      return value === undefined ? { gives: undefined } : { gives: value, transfer: [value.pixels.buffer] };
    }
    case 'begin': {
      maker = await encodeMovie(question.takes);
      const { width, height, sound } = maker;
      return { gives: { width, height, sound } };
    }
    case 'add': {
      const { pixels, atMs, durationMs } = question.takes;
      await maker?.add(pixels, atMs, durationMs);
      release(pixels);
      return { gives: undefined };
    }
    case 'finish': {
      const bytes = await maker?.finish();
      return { gives: bytes, transfer: bytes === undefined ? [] : [bytes.buffer] };
    }
    case 'trim': {
      const trimmed = await trim(question.takes);
      return { gives: trimmed, transfer: trimmed === undefined ? [] : [trimmed.bytes.buffer] };
    }
    case 'reset':
      await frames?.return();
      movie?.file.close();
      maker?.close();
      movie = undefined;
      frames = undefined;
      maker = undefined;
      return { gives: undefined };
  }
}

/** At once, and not when the garbage collector finds the time: a picture is a few megabytes. */
function release({ buffer }: Uint8Array): void {
  if (buffer instanceof ArrayBuffer) {
    buffer.transfer(0);
  }
}

const failure = (error: unknown): MovieAnswer<MovieCall> => ({
  failure: {
    code: error instanceof PermanentError ? error.code : undefined,
    message: messageOf(error),
    cause: error instanceof Error && error.cause !== undefined ? messageOf(error.cause) : undefined,
  },
});

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : inspect(error));

const post = (said: MovieAnswer<MovieCall>, transfer: readonly ArrayBuffer[] = []): void =>
  parentPort?.postMessage(said, [...transfer]);

parentPort?.on('message', (question: MovieQuestion) => {
  answer(question).then(
    ({ gives, transfer }) => post({ gives }, transfer),
    (error: unknown) => post(failure(error)),
  );
});
