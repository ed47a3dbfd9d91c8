import { createFanfare } from '../lib/fanfare.ts';
import { build } from '../tools/build.ts';

await build();
createFanfare().synth();
