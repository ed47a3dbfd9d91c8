import { createFanfare } from '../lib/fanfare.ts';
import { onceBuilt } from '../tools/build.ts';

await onceBuilt(async () => createFanfare().synth());
