import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { App, type IPolicyValidationPlugin, Validations } from 'aws-cdk-lib';
import cdkJson from '../../../cdk.json' with { type: 'json' };
import { promiseDocuments } from '../../../functions/promises.ts';
import { ServiceAlarms } from '../../../lib/alarms/service-alarms.ts';
import { SolutionsChecks } from '../../../lib/constructs/solutions-checks.ts';
import { TeamDashboards } from '../../../lib/dashboards/team-dashboards.ts';
import { checkDocuments } from '../../../lib/ownership/check-documents.ts';
import { OwnershipChecks } from '../../../lib/ownership/ownership-checks.ts';
import { readProject } from '../../../lib/ownership/read-project.ts';
import { ConsoleStack } from '../../../lib/stacks/console.ts';
import { DeploymentsStack } from '../../../lib/stacks/deployments.ts';
import { FoundationStack } from '../../../lib/stacks/foundation.ts';
import { PersonaliseStack } from '../../../lib/stacks/personalise.ts';
import { StudioStack } from '../../../lib/stacks/studio.ts';
import { teams } from '../../../lib/teams.ts';
import { madeDocument, madeHeadings, madeName, makeService } from './made-service.ts';

/**
 * Synthesizes the real services and so many made ones, with every check, in a process of its own. Argument: how many. Prints as JSON the milliseconds of it
 * all and those of the ownership checks alone.
 */
const count = Number(process.argv[2]);
const numbers = Array.from({ length: count }, (_, index) => index + 1);
const outdir = await mkdtemp(path.join(tmpdir(), 'fanfare-made-'));
let checksMs = 0;

/** Adds what a check takes to the sum. */
const timed = <T>(check: () => T): T => {
  const start = performance.now();
  try {
    return check();
  } finally {
    checksMs += performance.now() - start;
  }
};

const start = performance.now();
const documents = [...promiseDocuments, ...numbers.map(madeDocument)];
const findings = timed(() =>
  checkDocuments({
    documents,
    teams,
    codeOwners: [
      readProject('CODEOWNERS'),
      ...numbers.flatMap((number) => [
        `/functions/${madeName(number)}/ @fanfare/platform`,
        `/lib/stacks/${madeName(number)}.ts @fanfare/platform`,
      ]),
    ].join('\n'),
  }),
);
if (findings.length > 0) {
  throw new Error(JSON.stringify(findings.slice(0, 3)));
}
const app = new App({
  outdir,
  analyticsReporting: false,
  context: {
    ...cdkJson.context,
    'aws:cdk:enable-path-metadata': true,
    '@aws-cdk/core:appMode': 'inmemory',
  },
});
const foundation = new FoundationStack(app, 'dev');
const personalise = new PersonaliseStack(app, 'dev', foundation);
const studio = new StudioStack(app, 'dev', foundation);
const deployments = new DeploymentsStack(app, 'dev', foundation);
const site = new ConsoleStack(app, 'dev', foundation, { personalise, studio, deployments });
const real = [foundation, personalise, studio, deployments, site].map(
  (stack) => new ServiceAlarms(stack, 'Alarms', foundation.topics),
);
for (const number of numbers) {
  new ServiceAlarms(makeService(app, madeDocument(number)), 'Alarms', foundation.topics);
}
new TeamDashboards(site, 'Dashboards', { services: real });
const ownership = new OwnershipChecks(
  'dev',
  documents,
  [readProject('docs/runbook.md'), ...numbers.map(madeHeadings)].join('\n'),
);
const timedOwnership: IPolicyValidationPlugin = {
  name: ownership.name,
  validate: (context) => timed(() => ownership.validate(context)),
};
Validations.of(app).addPlugins(timedOwnership, new SolutionsChecks(app));
app.synth();
const totalMs = performance.now() - start;
await rm(outdir, { recursive: true });
process.stdout.write(JSON.stringify({ totalMs, checksMs }));
