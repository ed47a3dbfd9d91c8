import { createFanfare } from '../lib/fanfare.ts';
import { tellRefusal } from '../lib/ownership/tell-refusal.ts';
import { parseStage } from '../lib/stage.ts';

/** Synthesizes a stage into a folder from what was built; `synthesize.ts` runs it. */
const [stage, outdir] = process.argv.slice(2);
if (outdir === undefined) {
  throw new Error('Give a stage and a folder.');
}
try {
  createFanfare({ stage: parseStage(stage), outdir }).synth();
} catch (error) {
  tellRefusal(error);
}
