/** Why nothing is deployed, and how to mend it. */
export interface Finding {
  /** `queue-without-dead-letters` */
  readonly rule: string;
  /** The path of the construct, like `fanfare-dev-personalise/RenderQueue/Queue`, or the file that it is about; an ellipsis when there are many. */
  readonly construct: string;
  /** What is wrong, in a sentence that names the construct. */
  readonly problem: string;
  /** What to do, in a sentence that names the file to edit. */
  readonly mend: string;
}

/** The promise document of a service. */
export const documentOf = (service: string): string => `functions/${service}/promise.ts`;

/** What creates the resources of a service. */
export const stackFileOf = (service: string): string => `lib/stacks/${service}.ts`;

export const runbookFile = 'docs/runbook.md';
