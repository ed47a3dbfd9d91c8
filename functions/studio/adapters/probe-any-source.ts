import type { ProbedSource } from '../domain/ports.ts';
import { probeMovie } from './movies/probe-movie.ts';
import { probePicture } from './sharp-probe.ts';
import { sniffSource } from './sniff-source.ts';

/** Finds out what pictures and movies are. Throws a PermanentError for anything else, with what to send instead. */
export const probeAnySource = async (bytes: Uint8Array): Promise<ProbedSource> =>
  sniffSource(bytes) === 'movie' ? await probeMovie(bytes) : await probePicture(bytes);
