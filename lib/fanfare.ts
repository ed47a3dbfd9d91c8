import { App, Validations } from 'aws-cdk-lib';
import cdkJson from '../cdk.json' with { type: 'json' };
import { promiseDocuments } from '../functions/promises.ts';
import { parseStage, type Stage } from './stage.ts';
import { SolutionsChecks } from './constructs/solutions-checks.ts';
import { templateChecks } from './constructs/template-checks.ts';
import { ServiceAlarms } from './alarms/service-alarms.ts';
import { TeamDashboards } from './dashboards/team-dashboards.ts';
import { OwnershipChecks } from './ownership/ownership-checks.ts';
import { refuseUnowned } from './ownership/refuse-unowned.ts';
import { ConsoleStack } from './stacks/console.ts';
import { DeploymentsStack } from './stacks/deployments.ts';
import { FoundationStack } from './stacks/foundation.ts';
import { PersonaliseStack } from './stacks/personalise.ts';
import { StudioStack } from './stacks/studio.ts';

export interface FanfareOptions {
  /** @default the context's `stage` (`--context stage=prod`), else dev */
  readonly stage?: Stage;
  /** Where the cloud assembly is written. @default where the CLI says, else cdk.out */
  readonly outdir?: string;
  /** As `--context key=value` gives it, like `deployedAt` and `revision`. @default nothing */
  readonly context?: Readonly<Record<string, string>>;
}

/**
 * The whole CDK app in one stage; what was prebuilt is expected in `build/`. The context of cdk.json is loaded here as well, because without the CLI nobody
 * else does, and without its feature flags the templates differ.
 */
export function createFanfare(options: FanfareOptions = {}): App {
  refuseUnowned(promiseDocuments);
  const app = new App({
    ...(options.outdir === undefined ? {} : { outdir: options.outdir }),
    analyticsReporting: false,
    context: {
      ...cdkJson.context,
      ...options.context,
      'aws:cdk:enable-path-metadata': true,
      // A finding of cdk-nag throws, rather than to set an exit code that a caller in the same process would not see.
      '@aws-cdk/core:appMode': 'inmemory',
    },
  });
  const stage = options.stage ?? parseStage(app.node.tryGetContext('stage') ?? 'dev');
  const foundation = new FoundationStack(app, stage);
  const personalise = new PersonaliseStack(app, stage, foundation);
  const studio = new StudioStack(app, stage, foundation);
  const deployments = new DeploymentsStack(app, stage, foundation);
  const site = new ConsoleStack(app, stage, foundation, { personalise, studio, deployments });
  const watched = [foundation, personalise, studio, deployments, site].map(
    (stack) => new ServiceAlarms(stack, 'Alarms', foundation.topics),
  );
  new TeamDashboards(site, 'Dashboards', { services: watched });
  // Who owns it comes before how it is built.
  Validations.of(app).addPlugins(
    new OwnershipChecks(stage, promiseDocuments),
    new SolutionsChecks(app),
    templateChecks,
  );
  return app;
}
