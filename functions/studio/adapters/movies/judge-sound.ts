import type { MovieFormat } from './movie-calls.ts';

/** What became of the sound of the source, and for people why it was not kept. */
export type Sound =
  | { readonly sound: 'kept' }
  | { readonly sound: 'dropped'; readonly why: string }
  /** There was none to keep. */
  | { readonly sound: 'none' };

/** Codecs by mediabunny's names that players expect in a container, so that the packets can be copied as they are. */
const codecsOf: Readonly<Record<MovieFormat, readonly string[]>> = {
  mp4: ['aac', 'mp3', 'opus'],
  webm: ['opus', 'vorbis'],
};

const inWords: Readonly<Record<MovieFormat, string>> = { mp4: 'MP4', webm: 'WebM' };

/** @param audio the codec of the source's sound, as ProbedSource says */
export function judgeSound(
  audio: string | undefined,
  output: {
    readonly format: string;
    readonly wanted: 'keep' | 'drop';
    readonly speed: number;
    readonly direction: 'forward' | 'reverse' | 'boomerang';
  },
): Sound {
  if (audio === undefined) {
    return { sound: 'none' };
  }
  const { format } = output;
  if (output.wanted === 'drop') {
    return { sound: 'dropped', why: 'The recipe says so.' };
  }
  if (format !== 'mp4' && format !== 'webm') {
    return { sound: 'dropped', why: `${format} has no sound. Ask for mp4 or webm to keep it.` };
  }
  if (output.speed !== 1) {
    return { sound: 'dropped', why: 'Sound is copied, not stretched: it is kept at speed 1 only.' };
  }
  if (output.direction !== 'forward') {
    return { sound: 'dropped', why: 'Sound is copied, not turned round: it is kept forward only.' };
  }
  return judgeCodec(audio, format);
}

/** Whether the container holds packets of the codec. */
export function judgeCodec(audio: string, format: MovieFormat): Sound {
  const other = format === 'mp4' ? 'webm' : 'mp4';
  if (codecsOf[format].includes(audio)) {
    return { sound: 'kept' };
  }
  return {
    sound: 'dropped',
    why: `${inWords[format]} does not hold ${audio} as it is.${codecsOf[other].includes(audio) ? ` Ask for ${other} to keep it.` : ''}`,
  };
}
