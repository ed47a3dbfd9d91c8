import { sniffUpload } from '../../kernel/sniff-upload.ts';
import type { ProbeSource } from '../domain/edit-ports.ts';
import { probePicture } from './sharp-probe.ts';

/** Finds out what pictures are; a movie is left to the function that can read movies. */
export const probePictures: ProbeSource = async (bytes) =>
  sniffUpload(bytes).kind === 'movie' ? undefined : await probePicture(bytes);
