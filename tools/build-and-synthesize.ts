import type { CloudAssembly } from 'aws-cdk-lib/cx-api';
import type { FanfareOptions } from '../lib/fanfare.ts';
import { onceBuilt } from './build.ts';

/** Builds what changed and synthesizes the app. Loading the CDK takes two seconds, in which other processes build: hence no import at the head. */
export const buildAndSynthesize = (options: FanfareOptions = {}): Promise<CloudAssembly> =>
  onceBuilt(
    async () => (await import('../lib/fanfare.ts')).createFanfare(options).synth(),
    async () => {
      await import('../lib/fanfare.ts');
      (await import('../lib/constructs/template-checks.ts')).prepareTemplateChecks();
    },
  );
