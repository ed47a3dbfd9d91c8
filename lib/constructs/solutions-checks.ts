import type { IPolicyValidationContext, PolicyValidationPluginReport } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';

/** cdk-nag's AwsSolutions pack, in which a warning fails the synthesis like an error: it is mended or acknowledged with a reason. */
export class SolutionsChecks extends AwsSolutionsChecks {
  override validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    const report = super.validate(context);
    const violations = report.violations.map((violation) => Object.assign(violation, { severity: 'error' }));
    return { ...report, success: violations.length === 0, violations };
  }
}
