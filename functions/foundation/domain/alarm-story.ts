import { type AlarmMessage, type AlarmState, toEpoch } from '../../contracts/alarm-message.ts';
import {
  alarmHeading,
  type AlarmIdentity,
  parseAlarmName,
  type Severity,
} from '../../contracts/alarm-name.ts';
import {
  alarmLink,
  dashboardLink,
  dashboardName,
  placeLink,
  placeText,
  runbookLink,
} from '../../contracts/place-links.ts';
import type { PromiseDocument, ServicePromise } from '../../contracts/promise.ts';
import { type Concern, concernedPromises, stepsFor, watchedBy } from './concerned.ts';
import { list, number, since } from './in-words.ts';
import { evidenceOf, witnessesOf } from './witnesses.ts';

export interface Link {
  readonly text: string;
  readonly url: string;
}

/** What happened to an alarm, for people; how it is written down is for each who tells it. */
export interface AlarmStory {
  readonly alarmName: string;
  readonly state: AlarmState;
  readonly severity: Severity;
  readonly team: string;
  /** The service's name, or the stage's when the alarm is not of ours. */
  readonly component: string;
  /** What the alarm is about, for machines that group by it. */
  readonly subject: string;
  /** In a few words, what happened to what. */
  readonly title: string;
  /** A sentence each: what people notice, or what is known instead. */
  readonly impact: readonly string[];
  /** Since when, whose it is, and what was promised. */
  readonly facts: readonly string[];
  readonly evidence: readonly string[];
  /** What to look at, in order; empty when nothing is wrong any more. */
  readonly steps: readonly { readonly look: string; readonly at: Link | undefined }[];
  readonly consumersShould: readonly string[];
  /** Runbook, alarm, dashboard. */
  readonly links: readonly Link[];
  /** When the state changed, in epoch milliseconds. */
  readonly changedAt: number;
}

export interface StorySetting {
  readonly documents: readonly PromiseDocument[];
  readonly runbookUrl: string;
  readonly stage: string;
  readonly team: string;
  readonly severity: Severity;
  readonly region: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** Everything that people need to know of one change of an alarm, found in what CloudWatch says and in the service's promise document. */
export function tellAlarm(message: AlarmMessage, setting: StorySetting): AlarmStory {
  const state = message.NewStateValue;
  const identity = parseAlarmName(message.AlarmName);
  const document = setting.documents.find(({ service }) => service === identity?.service);
  const witnesses = witnessesOf(message);
  const identities = witnesses.flatMap((witness) => witness.identity ?? []);
  const subjects = [...new Set(identities.map(({ subject }) => subject))];
  const concerns = document === undefined ? [] : foremost(concernedPromises(document, subjects));
  const changedAt = toEpoch(message.StateChangeTime);
  const start = Math.min(changedAt, ...witnesses.map(({ from }) => from));
  return {
    alarmName: message.AlarmName,
    state,
    severity: setting.severity,
    team: setting.team,
    component: document?.service ?? identity?.service ?? `fanfare-${setting.stage}`,
    subject: subjects[0] ?? message.AlarmName,
    title: `${document?.product ?? identity?.service ?? 'Alarm'} (${setting.stage}): ${headline(
      message,
      setting.severity,
      concerns,
      subjects
        .filter((subject) => subject !== compositeOf(message, identity))
        .map((subject) => inWords(document, subject)),
    )}`,
    impact: impactOf(message, concerns),
    facts: [
      `${capital(since(state === 'ALARM' ? start : changedAt, setting.now))}. Team: ${setting.team} (${setting.severity}).`,
      ...concerns.map(promiseInWords),
    ],
    evidence: witnesses.map((witness) => evidenceOf(witness, state, document, setting.now)),
    steps: document === undefined || state === 'OK' ? [] : stepsOf(document, subjects, identity, setting),
    consumersShould:
      state === 'ALARM' ? concerns.map(({ promise }) => promise.whenBroken.consumerShould) : [],
    links: linksOf(message, [...new Set(identities.map(alarmHeading))], setting),
    changedAt,
  };
}

/** The subject of a composite is its severity, which says nothing of what is wrong. */
const compositeOf = (message: AlarmMessage, identity: AlarmIdentity | undefined): string | undefined =>
  'AlarmRule' in message ? identity?.subject : undefined;

/** Where a promise itself is measured to be broken, those that may follow are left out. */
function foremost(concerns: readonly Concern[]): readonly Concern[] {
  const broken = concerns.filter(({ measured }) => measured);
  return broken.length > 0 ? broken : concerns;
}

function headline(
  { NewStateValue, OldStateValue, AlarmName }: AlarmMessage,
  severity: Severity,
  concerns: readonly Concern[],
  watched: readonly string[],
): string {
  const promises = concerns.filter(({ measured }) => measured).map(({ promise }) => promise.id);
  const about = list((promises.length > 0 ? promises : watched).slice(0, 3));
  switch (NewStateValue) {
    case 'OK': {
      const well = OldStateValue === 'INSUFFICIENT_DATA' ? 'well' : 'well again';
      return about === '' ? well : `${well}: ${about}`;
    }
    case 'INSUFFICIENT_DATA':
      return about === '' ? 'unknown' : `unknown: ${about}`;
    case 'ALARM':
      return promises.length > 0
        ? `${about} ${promises.length === 1 ? 'is' : 'are'} ${severity === 'page' ? 'broken' : 'in danger'}`
        : about || AlarmName;
  }
}

/** `errors of render` for `render-errors` */
function inWords(document: PromiseDocument | undefined, subject: string): string {
  const name = document === undefined ? undefined : watchedBy(document, subject);
  return name === undefined ? subject : `${subject.slice(name.length + 1).replaceAll('-', ' ')} of ${name}`;
}

/** What people notice. An alarm that measures no promise says what it means in its description, whose second half is for machines. */
function impactOf(message: AlarmMessage, concerns: readonly Concern[]): string[] {
  switch (message.NewStateValue) {
    case 'OK':
      return message.OldStateValue === 'INSUFFICIENT_DATA'
        ? ['There is enough data now, and it says that all is well.']
        : ['What was wrong has ended.'];
    case 'INSUFFICIENT_DATA':
      return ['Nobody knows whether it is well: there is no data, which is not the same as well.'];
    case 'ALARM': {
      if (concerns.some(({ measured }) => measured)) {
        return concerns.map(({ promise }) => promise.whenBroken.consumerSees);
      }
      const means = (message.AlarmDescription ?? '').replace(/ ?(In danger|Runbook): .*$/su, '');
      const saysMore = means !== '' && (concerns.length === 0 || !('AlarmRule' in message));
      return [
        ...(saysMore ? [means] : []),
        ...concerns.map(({ promise }) => `If it goes on: ${promise.whenBroken.consumerSees}`),
      ];
    }
  }
}

const promiseInWords = ({ promise, measured }: Concern): string =>
  `${measured ? 'Promise' : 'Needed for'} ${promise.id}: ${promise.statement} (${objectiveOf(promise)})`;

function objectiveOf({ objective, measure, windowDays }: ServicePromise): string {
  const bound =
    'atLeast' in objective
      ? `at least ${number(100 * objective.atLeast)} %`
      : `at most ${number(objective.atMost)} ${'unit' in measure ? measure.unit : ''}`.trim();
  return `${bound}, over ${windowDays} days`;
}

/** What concerns the evidence comes before what concerns the service as a whole. */
function stepsOf(
  document: PromiseDocument,
  subjects: readonly string[],
  identity: AlarmIdentity | undefined,
  setting: StorySetting,
): AlarmStory['steps'] {
  const own = identity === undefined ? [] : [identity.subject];
  const all = [...stepsFor(document, subjects), ...stepsFor(document, own)];
  return [...new Map(all.map((step) => [JSON.stringify(step), step])).values()].map(({ look, at }) => ({
    look,
    at:
      at === undefined
        ? undefined
        : { text: placeText(at), url: placeLink(at, { ...setting, service: document.service }) },
  }));
}

/** A runbook heading for each alarm that is evidence; they begin to repeat each other soon. */
const mostHeadings = 3;

function linksOf(
  { AlarmName }: AlarmMessage,
  headings: readonly string[],
  { runbookUrl, region, stage, team }: StorySetting,
): Link[] {
  return [
    ...headings
      .slice(0, mostHeadings)
      .map((heading) => ({ text: `Runbook ${heading}`, url: runbookLink(runbookUrl, heading) })),
    { text: 'Alarm', url: alarmLink(region, AlarmName) },
    { text: 'Dashboard', url: dashboardLink(region, dashboardName(stage, team)) },
  ];
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
