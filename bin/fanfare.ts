import { tellRefusal } from '../lib/ownership/tell-refusal.ts';
import { buildAndSynthesize } from '../tools/build-and-synthesize.ts';

await buildAndSynthesize().catch(tellRefusal);
