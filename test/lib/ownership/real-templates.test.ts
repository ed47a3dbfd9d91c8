import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { promiseDocuments } from '../../../functions/promises.ts';
import { type StackTemplate, templateSchema } from '../../../lib/ownership/assembly.ts';
import { checkTemplates } from '../../../lib/ownership/check-templates.ts';
import type { Finding } from '../../../lib/ownership/finding.ts';
import { runbookHeadings } from '../../../lib/ownership/runbook-headings.ts';
import { type Stage, stages } from '../../../lib/stage.ts';
import { projectFolder } from '../../../tools/project-folder.ts';
import { assemblyOf, patience } from '../templates.ts';

const suffix = '.template.json';
const stacksOf = async (stage: Stage): Promise<StackTemplate[]> => {
  const assembly = await assemblyOf(stage);
  const files = (await readdir(assembly)).filter((file) => file.endsWith(suffix));
  return await Promise.all(
    files.map(async (file) => ({
      stack: file.slice(0, -suffix.length),
      template: templateSchema.parse(JSON.parse(await readFile(path.join(assembly, file), 'utf8'))),
    })),
  );
};

let headings: string[];
let dev: StackTemplate[];
beforeAll(async () => {
  headings = runbookHeadings(await readFile(path.join(projectFolder, 'docs/runbook.md'), 'utf8'));
  dev = await stacksOf('dev');
}, patience);

const check = (stacks: StackTemplate[], stage: Stage = 'dev', documents = promiseDocuments): Finding[] =>
  checkTemplates({ stage, stacks, documents, headings });

type Properties = Record<string, unknown>;
interface Written {
  readonly stack: string;
  readonly id: string;
  readonly path: string;
}

/** Every resource of a type that runs our code, or that the CDK does not make for itself. */
const all = (type: string, chosen: (properties: Properties) => boolean = () => true): Written[] =>
  dev.flatMap(({ stack, template }) =>
    Object.entries(template.Resources ?? {}).flatMap(([id, { Type, Properties, Metadata }]) =>
      Type === type && chosen(Properties ?? {})
        ? [{ stack, id, path: String(Metadata?.['aws:cdk:path']).replace(/\/Resource$/u, '') }]
        : [],
    ),
  );

/** The findings of the templates in which the resources are changed, or away when `change` gives nothing. */
const without = (
  resources: readonly Written[],
  change: (properties: Properties) => Properties | undefined,
): Finding[] => {
  const stacks = structuredClone(dev);
  for (const { stack, id } of resources) {
    const found = stacks.find((each) => each.stack === stack)?.template.Resources;
    const resource = found?.[id];
    const changed = change(resource?.Properties ?? {});
    if (found !== undefined && resource !== undefined && changed !== undefined) {
      resource.Properties = changed;
    } else if (found !== undefined) {
      delete found[id];
    }
  }
  return check(stacks);
};

const lacking =
  (name: string) =>
  (properties: Properties): Properties =>
    Object.fromEntries(Object.entries(properties).filter(([key]) => key !== name));
const isOurs = ({ Tags }: Properties): boolean => JSON.stringify(Tags ?? []).includes('"Function"');

describe('the templates of this project', () => {
  it.each(stages)(
    'of the stage %s have no finding',
    async (stage) => {
      expect(check(await stacksOf(stage), stage)).toEqual([]);
    },
    patience,
  );

  it.each([
    ['function-without-timeout', 'Timeout'],
    ['function-without-memory', 'MemorySize'],
    ['function-without-log-retention', 'LoggingConfig'],
    ['unowned-function', 'Tags'],
  ])('are refused, %s, for every function that loses its %s', (rule, property) => {
    const functions = all('AWS::Lambda::Function', isOurs);
    expect(functions.length).toBeGreaterThan(5);
    for (const fn of functions) {
      expect(without([fn], lacking(property))).toContainEqual(
        expect.objectContaining({ rule, construct: fn.path, problem: expect.stringContaining(fn.path) }),
      );
    }
  });

  it('are refused for every log group of a function that keeps everything', () => {
    const groups = all('AWS::Logs::LogGroup', isOurs);
    expect(groups.length).toBeGreaterThan(5);
    for (const group of groups) {
      expect(without([group], lacking('RetentionInDays'))).toEqual([
        expect.objectContaining({
          rule: 'function-without-log-retention',
          problem: expect.stringContaining(group.path),
        }),
      ]);
    }
  });

  it('are refused for every function with a route that is taken out of the promises', () => {
    const integrations = all('AWS::ApiGatewayV2::Integration');
    expect(integrations.length).toBeGreaterThan(3);
    const documents = promiseDocuments.map((document) => ({
      ...document,
      promises: document.promises.map((promise) => Object.assign({ ...promise }, { functions: [] })),
    }));
    const found = check(dev, 'dev', documents);
    const routed = new Set(found.map(({ construct }) => construct));
    expect(found.every(({ rule }) => rule === 'public-function-without-promise')).toBe(true);
    expect([...routed].toSorted()).toEqual([
      'fanfare-dev-deployments/Audit/Function',
      'fanfare-dev-deployments/Receive/Function',
      'fanfare-dev-deployments/Report/Function',
      'fanfare-dev-personalise/JobStatus/Function',
      'fanfare-dev-personalise/OpenCampaigns/Function',
      'fanfare-dev-personalise/RequestUpload/Function',
      'fanfare-dev-studio/Edit/Function',
      'fanfare-dev-studio/EditStatus/Function',
      'fanfare-dev-studio/InspectUpload/Function',
      'fanfare-dev-studio/RequestUpload/Function',
      'fanfare-dev-studio/Templates/Function',
    ]);
  });

  it('are refused for every queue that loses its dead letters, or comes back too early', () => {
    const queues = all('AWS::SQS::Queue', ({ RedrivePolicy }) => RedrivePolicy !== undefined);
    expect(queues.length).toBeGreaterThan(0);
    for (const queue of queues) {
      expect(without([queue], lacking('RedrivePolicy'))).toContainEqual(
        expect.objectContaining({ rule: 'queue-without-dead-letters', construct: queue.path }),
      );
      expect(without([queue], lacking('VisibilityTimeout'))).toEqual([
        expect.objectContaining({ rule: 'visibility-shorter-than-six-timeouts', construct: queue.path }),
      ]);
    }
  });

  it('are refused for every queue of dead letters whose alarm is away', () => {
    const deadLetters = all('AWS::SQS::Queue', ({ RedrivePolicy }) => RedrivePolicy === undefined);
    expect(deadLetters.length).toBeGreaterThan(2);
    const alarms = all('AWS::CloudWatch::Alarm', ({ AlarmName }) =>
      String(AlarmName).endsWith('-dead-letters'),
    );
    const found = without(alarms, () => undefined).filter(
      ({ rule }) => rule === 'dead-letters-without-alarm',
    );
    expect(found.map(({ construct }) => construct).toSorted()).toEqual(
      deadLetters.map((queue) => queue.path).toSorted(),
    );
  });

  it('are refused for every function that S3, SNS or an event invokes and whose failures are lost', () => {
    const destinations = all(
      'AWS::Lambda::EventInvokeConfig',
      ({ DestinationConfig }) => DestinationConfig !== undefined,
    )
      // A schedule comes again: it is set aside what may, not what must.
      .filter(({ path }) => !/\/(?:SignHeads|PackChains)\//u.test(path));
    expect(destinations.length).toBeGreaterThan(1);
    for (const destination of destinations) {
      expect(without([destination], lacking('DestinationConfig'))).toContainEqual(
        expect.objectContaining({
          rule: 'asynchronous-without-failure-destination',
          construct: destination.path.replace('/EventInvokeConfig', ''),
        }),
      );
    }
  });

  it('are refused for every event source that reports no partial failures', () => {
    const sources = all('AWS::Lambda::EventSourceMapping');
    expect(sources.length).toBeGreaterThan(0);
    for (const source of sources) {
      expect(without([source], lacking('FunctionResponseTypes'))).toEqual([
        expect.objectContaining({ rule: 'event-source-without-partial-failures', construct: source.path }),
      ]);
    }
  });

  it('are refused for every alarm that loses its owner', () => {
    for (const type of ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm']) {
      const alarms = all(type);
      expect(alarms.length).toBeGreaterThan(3);
      for (const alarm of alarms) {
        expect(without([alarm], lacking('Tags'))).toContainEqual(
          expect.objectContaining({ rule: 'alarm-without-owner', construct: alarm.path }),
        );
      }
    }
  });

  it('are refused for every composite that tells nobody, with all the evidence that it had', () => {
    for (const composite of all('AWS::CloudWatch::CompositeAlarm')) {
      const found = without([composite], lacking('AlarmActions')).filter(
        ({ rule }) => rule === 'alarm-without-action',
      );
      expect(found.length).toBeGreaterThan(2);
      expect(found.map(({ construct }) => construct)).toContain(composite.path);
    }
  });

  it('are refused for every heading that is taken out of the runbook', () => {
    expect(headings.length).toBeGreaterThan(20);
    for (const heading of headings) {
      const found = checkTemplates({
        stage: 'dev',
        stacks: dev,
        documents: promiseDocuments,
        headings: headings.filter((each) => each !== heading),
      });
      expect(found).toEqual([
        expect.objectContaining({
          rule: 'alarm-without-runbook',
          mend: expect.stringContaining(`“## ${heading}”`),
        }),
      ]);
    }
  });

  it('are refused for every promise whose alarms are away', () => {
    for (const { service, promises } of promiseDocuments) {
      for (const { id } of promises) {
        const name = `fanfare-dev/${service}/${id}`;
        const alarms = all(
          'AWS::CloudWatch::Alarm',
          ({ AlarmName }) => AlarmName === name || String(AlarmName).startsWith(`${name}/`),
        );
        expect(alarms.length).toBeGreaterThan(0);
        expect(without(alarms, () => undefined)).toContainEqual(
          expect.objectContaining({
            rule: 'promise-without-alarm',
            problem: expect.stringContaining(`${service}/${id}`),
          }),
        );
      }
    }
  });

  it('are refused for every dependency between services that is taken out of a document', () => {
    const dependencies = promiseDocuments.flatMap(({ service, dependsOn }) =>
      dependsOn.flatMap(({ on }) => ('provider' in on ? [] : [{ service, on }])),
    );
    expect(dependencies.length).toBeGreaterThan(3);
    for (const { service, on } of dependencies) {
      const documents = promiseDocuments.map((document) => ({
        ...document,
        dependsOn: document.dependsOn.filter((each) => document.service !== service || each.on !== on),
      }));
      expect(check(dev, 'dev', documents)).toEqual([
        expect.objectContaining({
          rule: 'undeclared-dependency',
          problem: expect.stringMatching(`^${service} uses ${on.service} and does not say so`),
          mend: expect.stringContaining(on.promise),
        }),
      ]);
    }
  });

  it('are refused for a dependency that a document has and they do not show', () => {
    const documents = promiseDocuments.map((document) =>
      document.service === 'foundation'
        ? Object.assign(
            { ...document },
            {
              dependsOn: [
                {
                  on: { service: 'console', promise: 'site-answers' },
                  whenBroken: 'Nothing happens.',
                  alternatives: [],
                },
              ],
            },
          )
        : document,
    );
    expect(check(dev, 'dev', documents)).toEqual([
      expect.objectContaining({
        rule: 'dependency-without-wiring',
        problem:
          'foundation says that it depends on console/site-answers, and nothing in fanfare-dev-foundation points into the stack of console.',
      }),
    ]);
  });
});
