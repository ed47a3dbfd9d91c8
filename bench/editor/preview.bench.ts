import type { RecipeInput } from '../../functions/contracts/recipe.ts';
import { builtLibrary, PreviewVisit } from '../../test/console/editor/preview/preview-visit.ts';
import { animationOf, photo } from '../../test/functions/studio/adapters/pictures/test-pictures.ts';
import type { Row } from '../row.ts';
import { percentile } from '../statistics.ts';

/** A phone of some years ago, on the machine of the documented measurements. */
const slowDown = 4;
const mostTypingMs = 16;
const leastFramesASecond = 30;
const mostLongTaskMs = 50;

const gifId = '01KAH3S1X0QJ5ZK6N9M3R7T2V3';
const gifSize = { width: 480, height: 360, frames: 100, delayMs: 40 } as const;

/** Typing a caption on a still, and moving through a GIF, in Chromium on a slow processor. */
export async function run(): Promise<readonly Row[]> {
  await using visit = await PreviewVisit.start(await builtLibrary());
  const { page } = visit;
  await page.evaluate((files) => globalThis.harness.open(files), { [gifId]: await gif() });
  const session = await page.context().newCDPSession(page);
  // What is loaded and compiled once is not what people wait for at every letter.
  await page.evaluate((recipes) => globalThis.harness.type(recipes), lettersOf('two-buttons', 'Warm up'));
  await page.evaluate(() => {
    Object.assign(globalThis, { longTasks: [] as number[] });
    new PerformanceObserver((list) => {
      globalThis.longTasks.push(...list.getEntries().map(({ duration }) => duration));
    }).observe({ type: 'longtask' });
  });
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowDown });
  const typed = await page.evaluate(
    (recipes) => globalThis.harness.type(recipes),
    lettersOf('two-buttons', 'When the whole team says it works on their machine, and so do you'),
  );
  // Its answer stays in the page: to send it would take longer than to make it.
  await page.evaluate(async (recipe) => {
    await globalThis.harness.show(recipe);
  }, captionedGif);
  const { frames, delayMs } = gifSize;
  const moments = Array.from({ length: frames }, (_, index) => index * delayMs);
  const first = await page.evaluate((all) => globalThis.harness.scrub(all), moments);
  const again = await page.evaluate((all) => globalThis.harness.scrub(all), moments.toReversed());
  const longest = Math.max(0, ...(await page.evaluate(() => globalThis.longTasks)));
  const p95 = percentile(typed, 0.95);
  return [
    {
      measure: `a letter typed on a still of 1000 × 1240, to its painting, p95`,
      figure: `${p95.toFixed(1)} ms (half ${percentile(typed, 0.5).toFixed(1)})`,
      bound: `≤ ${mostTypingMs} ms`,
      holds: p95 <= mostTypingMs,
    },
    framesRow('moving through a GIF of 100 frames for the first time', first),
    framesRow('moving back through it', again),
    {
      measure: 'the longest task while doing all that',
      figure: `${longest.toFixed(0)} ms`,
      bound: `≤ ${mostLongTaskMs} ms`,
      holds: longest <= mostLongTaskMs,
    },
  ];
}

declare global {
  // eslint-disable-next-line no-var -- a property of the page's global object
  var longTasks: number[];
}

function framesRow(measure: string, ms: number): Row {
  const rate = (gifSize.frames / ms) * 1000;
  return {
    measure,
    figure: `${rate.toFixed(0)} frames/s`,
    bound: `≥ ${leastFramesASecond} frames/s`,
    holds: rate >= leastFramesASecond,
  };
}

/** The recipe after every letter. */
const lettersOf = (template: string, text: string): RecipeInput[] =>
  Array.from(text, (_, index) => ({
    source: { kind: 'template', template },
    captions: [{ text: text.slice(0, index + 1) }, { text: 'A second one, which stays' }],
    output: { format: 'png' },
  }));

const captionedGif: RecipeInput = {
  source: { kind: 'upload', upload: gifId },
  captions: [{ text: 'a hundred frames', place: 'bottom' }],
  output: { format: 'gif' },
};

/** Of base64. */
async function gif(): Promise<string> {
  const { width, height, frames, delayMs } = gifSize;
  const file = await animationOf(
    Array.from({ length: frames }, (_, index) => photo(width, height, index * 5)),
    width,
    Array.from({ length: frames }, () => delayMs),
    'gif',
  );
  return Buffer.from(file).toString('base64');
}
