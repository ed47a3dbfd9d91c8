/** A page wakes somebody up; a ticket waits for the working day. */
export const severities = ['page', 'ticket'] as const;
export type Severity = (typeof severities)[number];

/** What an alarm is about. */
export interface AlarmIdentity {
  readonly stage: string;
  readonly service: string;
  /** Unique in its service: `render-errors`, a promise's id, or for composites the severity. With the service it is a heading of docs/runbook.md. */
  readonly subject: string;
  /** Tells apart what one heading explains: a burn rate's window, `5m-14.4x`. @default the subject has one alarm */
  readonly part?: string;
}

/** `personalise/render-errors`: how people call an alarm, and its heading in docs/runbook.md. */
export const alarmHeading = ({ service, subject }: Pick<AlarmIdentity, 'service' | 'subject'>): string =>
  `${service}/${subject}`;

/** The name in CloudWatch, unique in an account and region, where several stages may live: `fanfare-prod/personalise/render-errors`. */
export const alarmName = ({ stage, part, ...alarm }: AlarmIdentity): string =>
  [`fanfare-${stage}`, alarmHeading(alarm), ...(part === undefined ? [] : [part])].join('/');

/** The inverse of `alarmName`; undefined for an alarm that is not of ours. */
export function parseAlarmName(name: string): AlarmIdentity | undefined {
  const [, stage, service, subject, part] =
    /^fanfare-([a-z0-9]+)\/([a-z0-9-]+)\/([a-z0-9-]+)(?:\/(.+))?$/u.exec(name) ?? [];
  return stage === undefined || service === undefined || subject === undefined
    ? undefined
    : { stage, service, subject, ...(part === undefined ? {} : { part }) };
}

/** Whom a topic's messages are for: read from the topic's name by whoever gets them. */
export interface AlarmTopic {
  readonly stage: string;
  readonly team: string;
  readonly severity: Severity;
}

/** `fanfare-prod-campaigns-page` */
export const alarmTopicName = ({ stage, team, severity }: AlarmTopic): string =>
  `fanfare-${stage}-${team}-${severity}`;

/** The inverse of `alarmTopicName` from the topic's ARN, with the region it is in; undefined for a topic that is not of ours. */
export function parseAlarmTopicArn(arn: string): (AlarmTopic & { readonly region: string }) | undefined {
  const [, region, stage, team, severity] =
    /^arn:[a-z-]+:sns:([a-z0-9-]+):\d+:fanfare-([a-z0-9]+)-([a-z][a-z0-9-]*)-([a-z]+)$/u.exec(arn) ?? [];
  const known = severities.find((each) => each === severity);
  return region === undefined || stage === undefined || team === undefined || known === undefined
    ? undefined
    : { region, stage, team, severity: known };
}
