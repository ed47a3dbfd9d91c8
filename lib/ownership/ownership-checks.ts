import { readFileSync } from 'node:fs';
import path from 'node:path';
import type {
  IPolicyValidationContext,
  IPolicyValidationPlugin,
  PolicyValidationPluginReport,
  PolicyViolatingResource,
  PolicyViolation,
} from 'aws-cdk-lib';
import type { PromiseDocument } from '../../functions/contracts/promise.ts';
import type { Stage } from '../stage.ts';
import { templateSchema } from './assembly.ts';
import { checkTemplates } from './check-templates.ts';
import { type Finding, runbookFile } from './finding.ts';
import { readProject } from './read-project.ts';
import { runbookHeadings } from './runbook-headings.ts';
import { summarise } from './summarise.ts';
import type { Synthesis } from './synthesized.ts';

/** Refuses a synthesis in which something is not owned, promised or alarmed. */
export class OwnershipChecks implements IPolicyValidationPlugin {
  readonly name = 'Ownership';
  private readonly expected: Omit<Synthesis, 'stacks'>;

  /** @param runbook the text of docs/runbook.md. @default the project's own */
  constructor(
    stage: Stage,
    documents: readonly PromiseDocument[],
    runbook: string = readProject(runbookFile),
  ) {
    this.expected = { stage, documents, headings: runbookHeadings(runbook) };
  }

  validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    const stacks = context.stackTemplates.map(({ stackConstructPath, templatePath }) => ({
      stack: stackConstructPath,
      template: templateSchema.parse(JSON.parse(readFileSync(templatePath, 'utf8'))),
    }));
    const known = new Set(stacks.map(({ stack }) => stack));
    const folder = path.dirname(context.templatePaths[0] ?? '');
    const violations = summarise(checkTemplates({ ...this.expected, stacks })).map((finding) =>
      violationOf(finding, placeOf(finding, known, folder)),
    );
    return { success: violations.length === 0, violations };
  }
}

const violationOf = (
  { rule, problem, mend }: Finding,
  place: Omit<PolicyViolatingResource, 'locations'>,
): PolicyViolation => ({
  ruleName: rule,
  description: problem,
  fix: mend,
  // Of all severities this is the one that cannot be acknowledged away.
  severity: 'fatal',
  violatingResources: [{ ...place, locations: [] }],
});

/**
 * Where the CLI says that it is. It leaves out findings on paths outside of the stacks that it was asked for, and a file’s would always be outside; so a file
 * is named as a template is, relative to the assembly, which the CLI prints as it stands when it is given some id with it.
 */
function placeOf(
  { construct }: Finding,
  stacks: ReadonlySet<string>,
  assembly: string,
): Omit<PolicyViolatingResource, 'locations'> {
  const [stack = ''] = construct.split('/');
  return stacks.has(stack)
    ? { constructPath: construct }
    : { templatePath: path.join(assembly, construct), resourceLogicalId: ' ' };
}
