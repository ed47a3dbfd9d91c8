import prices from '../../lib/prices.json' with { type: 'json' };
import { functionName } from '../../functions/contracts/place-links.ts';
import type { RecipeInput } from '../../functions/contracts/recipe.ts';
import { type Stage, startStage } from '../../local/stage.ts';
import { StudioPerson } from '../../test/local/studio-person.ts';
import { synthesize } from '../../tools/synthesize.ts';
import type { Row } from '../row.ts';
import { billOf, perOne, usageOf } from '../usage.ts';

const made = 20;
const clips = 8;
const resultDays = 30;
const uploadDays = 1;
/** Redis commands of the rate of uploads. An ECPU is a command with up to 1 kB. */
const redisCommands = 2;
const functions = {
  [functionName('dev', 'studio', 'request-upload')]: { isAsked: true, processor: 'arm64' },
  [functionName('dev', 'studio', 'edit')]: { isAsked: true, processor: 'arm64' },
  [functionName('dev', 'studio', 'make-long')]: { isAsked: false, processor: 'x86_64' },
  [functionName('dev', 'studio', 'edit-status')]: { isAsked: true, processor: 'arm64' },
} as const;

const meme = (text: string): RecipeInput => ({
  source: { kind: 'template', template: 'cat-at-keyboard' },
  captions: [{ text }, { text: 'it was like that when I came' }],
  output: { format: 'jpeg', width: 1000 },
});

const gif = (text: string): RecipeInput => ({
  source: { kind: 'template', template: 'rocket-launch' },
  captions: [{ text }, { text: 'on a Friday' }],
  output: { format: 'gif', width: 480 },
});

/** The bills of a million memes, of a million GIFs of templates that move, and of a million GIFs of people's clips: what the local stage measured, times the prices. */
export async function run(): Promise<Row[]> {
  const stage = await startStage({ assembly: await synthesize('dev') });
  try {
    const person = new StudioPerson(stage.origin, 1);
    const rows: Row[] = [];
    for (const [what, recipe] of [
      ['memes', meme],
      ['GIFs', gif],
    ] as const) {
      for (let warm = 0; warm < 3; warm += 1) {
        await person.askFor(recipe(`Warm ${what} ${warm}`));
      }
      const before = usageOf(stage, functions);
      let bytes = 0;
      for (let number = 0; number < made; number += 1) {
        const { status, edit } = await person.askFor(recipe(`Number ${number}`));
        if (status !== 200) {
          throw new Error(`It was not made at once: ${JSON.stringify(edit)}`);
        }
        bytes += edit.result?.bytes ?? 0;
      }
      rows.push(
        ...billOf({
          what,
          usage: perOne(usageOf(stage, functions), before, made),
          results: { bytes: bytes / made, days: resultDays },
          uploads: { bytes: 0, days: 0 },
        }),
      );
    }
    return [...rows, ...(await ofClips(stage))];
  } finally {
    await stage.stop();
  }
}

/** Each is uploaded, asked for, waited for. */
async function ofClips(stage: Stage): Promise<Row[]> {
  const film = new StudioPerson(stage.origin, 2);
  const clip = (await film.file({ ...gif('A clip'), output: { format: 'mp4', width: 640 } })).bytes;
  const captioned = (upload: string, number: number): RecipeInput => ({
    source: { kind: 'upload', upload },
    captions: [{ text: `Clip ${number}` }],
    output: { format: 'gif', width: 360 },
  });
  let before = usageOf(stage, functions);
  let bytes = 0;
  for (let number = -1; number < clips; number += 1) {
    if (number === 0) {
      // The first was to warm up.
      before = usageOf(stage, functions);
      bytes = 0;
    }
    const person = new StudioPerson(stage.origin, 10 + number);
    const { edit } = await person.file(captioned(await person.send(clip, 'video/mp4'), number));
    bytes += edit.result?.bytes ?? 0;
  }
  return billOf({
    what: 'GIFs of clips',
    usage: perOne(usageOf(stage, functions), before, clips),
    results: { bytes: bytes / clips, days: resultDays },
    uploads: { bytes: clip.byteLength, days: uploadDays },
    more: [
      ['SQS', 3 * prices.sqsRequest, 'send, receive, delete'],
      ['Valkey', redisCommands * prices.valkeyEcpu, `${redisCommands} commands each`],
    ],
  });
}
