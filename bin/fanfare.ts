import { tellRefusal } from '../lib/ownership/tell-refusal.ts';
import { onceBuilt } from '../tools/build.ts';

// Loading the CDK takes two seconds, in which other processes build: hence no import at the head.
await onceBuilt(
  async () => (await import('../lib/fanfare.ts')).createFanfare().synth(),
  async () => {
    await import('../lib/fanfare.ts');
    (await import('../lib/constructs/template-checks.ts')).prepareTemplateChecks();
  },
).catch(tellRefusal);
