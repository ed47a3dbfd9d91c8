import { readFileSync } from 'node:fs';
import type {
  IPolicyValidationContext,
  IPolicyValidationPlugin,
  PolicyValidationPluginReport,
  PolicyViolation,
} from 'aws-cdk-lib';
import type { PromiseDocument } from '../../functions/contracts/promise.ts';
import type { Stage } from '../stage.ts';
import { templateSchema } from './assembly.ts';
import { checkTemplates } from './check-templates.ts';
import { type Finding, runbookFile } from './finding.ts';
import { readProject } from './read-project.ts';
import { runbookHeadings } from './runbook-headings.ts';
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
    const violations = checkTemplates({ ...this.expected, stacks }).map(violationOf);
    return { success: violations.length === 0, violations };
  }
}

const violationOf = ({ rule, construct, problem, mend }: Finding): PolicyViolation => ({
  ruleName: rule,
  description: problem,
  fix: mend,
  // Of all severities this is the one that cannot be acknowledged away.
  severity: 'fatal',
  violatingResources: [{ constructPath: construct, locations: [] }],
});
