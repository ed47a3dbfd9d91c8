import type { Recipe } from '../../contracts/recipe.ts';
import { formats } from './formats.ts';
import { oneOf } from './in-words.ts';
import type { PlannedSound } from './plan.ts';
import type { ProbedSource } from './ports.ts';

const names: Readonly<Record<string, string>> = { aac: 'AAC', opus: 'Opus', vorbis: 'Vorbis', mp3: 'MP3' };
const named = (codec: string): string => names[codec] ?? codec;

/** Packets of sound are copied or left out, never made anew; why they are left out is said. */
export function planSound(
  { source, timeline, output }: Recipe,
  probes: readonly ProbedSource[],
): PlannedSound {
  const codec = probes.find(({ audio }) => audio !== undefined)?.audio;
  if (codec === undefined || output.sound === 'drop') {
    return { kind: 'none' };
  }
  const traits = formats[output.format];
  const because =
    traits.kind !== 'movie'
      ? `${output.format} has none.`
      : source.kind === 'slideshow'
        ? 'that of slides is not put together.'
        : !traits.audio.includes(codec)
          ? `${output.format} takes ${oneOf(traits.audio.map(named))}, and this is ${named(codec)}.`
          : timeline.speed !== 1
            ? 'it does not follow another speed.'
            : timeline.direction !== 'forward'
              ? `it is not played in ${timeline.direction}.`
              : timeline.loop > 1
                ? 'it is not played again.'
                : undefined;
  return because === undefined
    ? {
        kind: 'copied',
        source: 0,
        codec,
        fromMs: timeline.trim?.fromMs ?? 0,
        toMs: timeline.trim?.toMs ?? probes[0]?.durationMs ?? 0,
      }
    : { kind: 'dropped', because: `The sound was left out: ${because}` };
}
