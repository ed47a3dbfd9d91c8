import type { TemplateAnimation, TemplateTrack } from '../../functions/contracts/template.ts';

/** What a drawing leaves to its animation: `{{name}}`. */
const placeholder = /\{\{([^{}]*)\}\}/gu;
/** Of a pixel or a degree: finer is not seen. */
const precision = 1000;

/** The names of the `{{name}}` in a drawing, each once. */
export function placeholdersIn(drawing: string): string[] {
  return [...new Set([...drawing.matchAll(placeholder)].map(([, name]) => name ?? ''))];
}

/** How long each frame is seen, in milliseconds. */
export function delaysOf({ frames }: Pick<TemplateAnimation, 'frames'>): number[] {
  return frames.flatMap(({ count, delayMs }) => Array.from({ length: count }, () => delayMs));
}

/** The value of a track at a moment, in milliseconds from the beginning. */
export function valueAt(track: TemplateTrack, atMs: number): number {
  if (track.kind === 'wave') {
    const turns = atMs / track.periodMs + track.phase;
    return track.low + ((track.high - track.low) * (1 - Math.cos(2 * Math.PI * turns))) / 2;
  }
  const next = track.keys.findIndex(([time]) => time > atMs);
  const [fromMs, from] = track.keys.at(next === -1 ? -1 : Math.max(0, next - 1)) ?? [0, 0];
  const [toMs, to] = track.keys[next] ?? [fromMs, from];
  const progress = atMs <= fromMs || toMs <= fromMs ? 0 : (atMs - fromMs) / (toMs - fromMs);
  return from + (to - from) * easing[track.ease](progress);
}

const easing = {
  linear: (progress: number) => progress,
  smooth: (progress: number) => progress * progress * (3 - 2 * progress),
  step: () => 0,
} satisfies Record<string, (progress: number) => number>;

/** The drawing of each frame: the template's own with the values of that moment. Throws for a `{{name}}` without a track. */
export function drawingsOf(drawing: string, animation: TemplateAnimation): string[] {
  let atMs = 0;
  return delaysOf(animation).map((delayMs) => {
    const here = atMs;
    atMs += delayMs;
    return drawing.replaceAll(placeholder, (_whole, name: string) => {
      const track = animation.tracks[name];
      if (track === undefined) {
        throw new Error(`There is no track “${name}”`);
      }
      return String(Math.round(valueAt(track, here) * precision) / precision);
    });
  });
}
