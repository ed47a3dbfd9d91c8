import { createFanfare } from '../lib/fanfare.ts';
import { tellRefusal } from '../lib/ownership/tell-refusal.ts';
import { onceBuilt } from '../tools/build.ts';

await onceBuilt(async () => createFanfare().synth()).catch(tellRefusal);
