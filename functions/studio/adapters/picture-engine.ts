import { systemClock } from '../../kernel/clock.ts';
import type { EditMaker, StudioLibrary } from '../domain/edit-ports.ts';
import { createEditMaker } from './edit-maker.ts';
import { createFonts } from './library-fonts.ts';
import { openAnimationEncoder } from './open-animation-encoder.ts';

/** Makes stills and animations of pictures. Movies are another function's: what has one in it does not come here. */
export const createPictureEngine = (library: StudioLibrary): EditMaker =>
  createEditMaker({
    font: createFonts(library),
    encoder: openAnimationEncoder,
    openMovie: () => {
      throw new Error('Movies are not read here');
    },
    clock: systemClock,
  });
