import type { Stage } from '../stage.ts';

/** What an alarm is about: unique in its service, `render-errors`. */
export interface AlarmSubject {
  readonly service: string;
  /** With the service the alarm's heading in docs/runbook.md. */
  readonly subject: string;
  /** Tells apart what one heading explains: a burn rate's window, `5m-14.4x`. @default the subject has one alarm */
  readonly part?: string;
}

/** `personalise/render-errors`: how people call it, and its heading in docs/runbook.md. */
export const headingOf = ({ service, subject }: AlarmSubject): string => `${service}/${subject}`;

/** The name in CloudWatch. Names are unique in an account and region, where several stages may live: so it begins with the stage. */
export const alarmName = (stage: Stage, { part, ...alarm }: AlarmSubject): string =>
  [`fanfare-${stage}`, headingOf(alarm), ...(part === undefined ? [] : [part])].join('/');

/** The anchor that GitHub gives a heading. */
export const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(/\s/gu, '-');
