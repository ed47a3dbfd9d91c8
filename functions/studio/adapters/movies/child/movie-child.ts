import { Socket } from 'node:net';
import { inspect } from 'node:util';
import { Logging, LogLevel } from 'mediabunny';
import { PermanentError } from '../../../../kernel/errors.ts';
import { giveBack, openChannel } from '../channel.ts';
import type {
  LyingFrame,
  MovieAnswer,
  MovieCall,
  MovieCalls,
  MovieQuestion,
  OpenOptions,
  OpenedMovie,
  Size,
} from '../movie-calls.ts';
import { asDamaged } from './damaged.ts';
import { decodeFrames } from './decode-frames.ts';
import { encodeMovie, type MovieMaker } from './encode-movie.ts';
import { openMovieFile, type MovieFile } from './movie-file.ts';
import { probe } from './probe.ts';
import { trim } from './trim.ts';

// The process in which movies are read and made: whatever a hostile file does to it, the one that started it ends it in time.

let movie: { readonly file: MovieFile; readonly lying: Size } | undefined;
let frames: AsyncGenerator<LyingFrame, void, void> | undefined;
let maker: MovieMaker | undefined;

async function answer(question: MovieQuestion): Promise<MovieCalls[MovieCall]['gives']> {
  switch (question.call) {
    case 'probe':
      return await probe(question.takes.bytes);
    case 'open':
      return await open(question.takes);
    case 'select':
      await frames?.return();
      frames = movie && decodeFrames(movie.file, question.takes.indices, movie.lying);
      return undefined;
    case 'next': {
      const next = await frames?.next();
      return next?.value ?? undefined;
    }
    case 'begin':
      maker = await encodeMovie(question.takes);
      return maker.sound;
    case 'add': {
      const { planes, atMs, durationMs } = question.takes;
      await maker?.add(planes, atMs, durationMs);
      return undefined;
    }
    case 'finish':
      if (maker === undefined) {
        throw new Error('No movie was begun');
      }
      return await maker.finish();
    case 'trim':
      return await trim(question.takes);
    case 'reset':
      await frames?.return();
      movie?.file.close();
      maker?.close();
      movie = undefined;
      frames = undefined;
      maker = undefined;
      return undefined;
  }
}

async function open({ bytes, size }: OpenOptions): Promise<OpenedMovie> {
  const file = await openMovieFile(bytes).catch((error: unknown) => {
    throw asDamaged(error);
  });
  const upright = size ?? file.upright;
  const { turn, space } = file;
  const lying = turn.degrees % 180 === 0 ? upright : { width: upright.height, height: upright.width };
  movie = { file, lying };
  return { lying, upright, turn, matrix: space.matrix };
}

const failure = (error: unknown): MovieAnswer<MovieCall> => ({
  failure: {
    code: error instanceof PermanentError ? error.code : undefined,
    message: messageOf(error),
    cause: error instanceof Error && error.cause !== undefined ? messageOf(error.cause) : undefined,
  },
});

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : inspect(error));

// What it makes of damaged files is answered, not logged.
Logging.level = LogLevel.Silent;
const socket = new Socket({ fd: 3 });
// Without the one that asks there is nobody to work for.
socket.on('close', () => process.exit(0));
const channel = openChannel(socket, 4, 'child');
let before: Promise<void> = Promise.resolve();
channel.received.on('message', (question: MovieQuestion) => {
  before = before.then(() => reply(question));
});

async function reply(question: MovieQuestion): Promise<void> {
  const said = await answer(question).then(
    (gives) => ({ gives }),
    (error: unknown) => failure(error),
  );
  channel.send(said);
  // The pictures of the question and of the answer are done with.
  if (question.call === 'add') {
    giveBack(question.takes.planes);
  }
  if (question.call === 'next' && 'gives' in said && said.gives !== undefined && 'planes' in said.gives) {
    giveBack(said.gives.planes);
  }
}
