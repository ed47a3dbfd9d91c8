import type { ProbeSource } from '../domain/edit-ports.ts';
import { probePicture } from './sharp-probe.ts';
import { sniffSource } from './sniff-source.ts';

/** Finds out what pictures are; a movie is left to the function that can read movies. */
export const probePictures: ProbeSource = async (bytes) =>
  sniffSource(bytes) === 'movie' ? undefined : await probePicture(bytes);
