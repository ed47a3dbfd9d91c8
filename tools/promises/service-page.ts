import type { Dependency, PromiseDocument, ServicePromise } from '../../functions/contracts/promise.ts';
import { edgesOf, promiseId } from '../../lib/promises/graph.ts';
import { markdownTable } from './markdown-table.ts';
import { metricAsMath } from './measure-as-math.ts';
import { measureInWords, trafficInWords } from './measure-in-words.ts';
import { objectiveInWords } from './objective-in-words.ts';

type Documents = readonly PromiseDocument[];

/** docs/promises/<service>.md: what a service promises, for those who rely on it. */
export function servicePage(document: PromiseDocument, documents: Documents): string {
  const { service, product, team, version, description, promises, expects, changes } = document;
  return `${[
    `# ${product}`,
    `<!-- Made by \`npm run promises\` of functions/${service}/promise.ts: change it there. -->`,
    description,
    `Service \`${service}\` · team \`${team}\` · version ${version} · [all promises](README.md)`,
    '## What it promises',
    ...(promises.length === 0 ? ['Nothing.'] : promises.flatMap(promiseSection)),
    '## What it asks',
    tableOr(
      'Nothing.',
      ['Of', 'What', 'Otherwise'],
      expects.map(({ of, what, otherwise }) => [of, what, otherwise]),
    ),
    '## What it depends on',
    tableOr(
      'Nothing.',
      ['On', 'When that is broken', 'What steps in'],
      document.dependsOn.map((dependency) => [
        targetLink(dependency, documents),
        dependency.whenBroken,
        standIns(dependency),
      ]),
    ),
    '## Who depends on it',
    tableOr(
      'Nobody.',
      ['Who', 'On', 'When that is broken', 'What steps in'],
      dependents(document, documents),
    ),
    '## Changes',
    markdownTable(
      ['Version', 'Date', 'What'],
      changes.map((change) => [change.version, change.date, change.what]),
    ),
  ].join('\n\n')}\n`;
}

function promiseSection({
  id,
  statement,
  functions,
  measure,
  objective,
  windowDays,
  conditions,
  whenBroken,
  minimumTraffic,
}: ServicePromise): string[] {
  const formula =
    measure.kind === 'ratio' ? `${bracketed(measure.good)} / ${bracketed(measure.total)}` : measure.value;
  const names = Object.entries(measure.metrics).map(
    ([name, metric]) => `${code(name)} is ${metricAsMath(metric)}`,
  );
  return [
    `### ${id}`,
    `**${statement}**`,
    markdownTable(
      ['', ''],
      [
        [
          'Objective',
          `${objectiveInWords(objective, measure)}${'atMost' in objective ? ' in every quarter of an hour' : ''}, over ${windowDays} days`,
        ],
        ['Measured as', measureInWords(measure)],
        ['In metric math', [code(formula), ...names].join('<br>')],
        [
          'Unknown below',
          `${minimumTraffic} in the time that is looked at, counted as ${trafficInWords(measure)}`,
        ],
        ['Holds', conditions.length === 0 ? 'Always.' : conditions.join('<br>')],
        ['Kept by', functions.length === 0 ? 'what the service is built of' : functions.map(code).join(', ')],
        ['When it is broken', whenBroken.consumerSees],
        ['What to do then', whenBroken.consumerShould],
      ],
    ),
  ];
}

function dependents({ service, promises }: PromiseDocument, documents: Documents): string[][] {
  const ids = new Map(promises.map(({ id }) => [promiseId(service, id), id]));
  return edgesOf(documents).flatMap(({ from, to, dependency }) => {
    const id = to.kind === 'promise' ? ids.get(to.id) : undefined;
    return id === undefined
      ? []
      : [
          [
            `[${productOf(from, documents)}](${from}.md)`,
            `[${id}](#${id})`,
            dependency.whenBroken,
            standIns(dependency),
          ],
        ];
  });
}

function targetLink({ on }: Dependency, documents: Documents): string {
  return 'provider' in on
    ? on.provider
    : `[${productOf(on.service, documents)}: ${on.promise}](${on.service}.md#${on.promise})`;
}

/** What steps in, or why nothing does. */
function standIns({ alternatives, singlePointOfFailure }: Dependency): string {
  return alternatives.length > 0
    ? alternatives.map(({ kind, how }) => `${kind.replaceAll('-', ' ')}: ${how}`).join('<br>')
    : `**Nothing: a single point of failure.** ${singlePointOfFailure ?? ''}`.trim();
}

function productOf(service: string, documents: Documents): string {
  return documents.find((document) => document.service === service)?.product ?? service;
}

function tableOr(nothing: string, head: readonly string[], rows: readonly (readonly string[])[]): string {
  return rows.length === 0 ? nothing : markdownTable(head, rows);
}

function bracketed(expression: string): string {
  return /^\w+$/u.test(expression) ? expression : `(${expression})`;
}

function code(text: string): string {
  return `\`${text}\``;
}
