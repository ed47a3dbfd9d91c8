import { systemClock } from '../../kernel/clock.ts';
import type { EditMaker, StudioLibrary } from '../domain/edit-ports.ts';
import { formats } from '../domain/formats.ts';
import { createEditMaker } from './edit-maker.ts';
import { createFonts } from './library-fonts.ts';
import { openMovieFrames } from './movies/open-movie-frames.ts';
import { openAnimationEncoder } from './open-animation-encoder.ts';
import { openMovieEncoder } from './open-movie-encoder.ts';

/** Makes everything, of everything: movies too. */
export const createMovieEngine = (library: StudioLibrary): EditMaker =>
  createEditMaker({
    font: createFonts(library),
    encoder: async (plan, inputs, withinMs) =>
      formats[plan.output.format].kind === 'movie'
        ? await openMovieEncoder(plan, inputs, withinMs)
        : await openAnimationEncoder(plan),
    openMovie: (bytes, size) => openMovieFrames(bytes, size === undefined ? {} : { size }),
    clock: systemClock,
  });
