import type { PromiseDocument } from '../../../functions/contracts/promise.ts';
import type { StackTemplate } from '../../../lib/ownership/assembly.ts';
import { checkTemplates } from '../../../lib/ownership/check-templates.ts';
import type { Finding } from '../../../lib/ownership/finding.ts';
import type { Synthesis } from '../../../lib/ownership/synthesized.ts';
import { aDocument, aPromise, dependencyOn } from './documents.ts';

type Properties = Record<string, unknown>;
type WrittenResource = { Type: string; Properties: Properties; Metadata: { 'aws:cdk:path': string } };

export const studioStack = 'fanfare-dev-studio';
export const foundationStack = 'fanfare-dev-foundation';

const tagged = (service: string, more: Record<string, string> = {}): { Key: string; Value: string }[] =>
  Object.entries({ Service: service, Team: 'platform', ...more }).map(([Key, Value]) => ({ Key, Value }));
const arn = (id: string): unknown => ({ 'Fn::GetAtt': [id, 'Arn'] });
const outputOf = (stack: string, output: string): unknown => ({
  'Fn::GetStackOutput': { StackName: stack, Region: { Ref: 'AWS::Region' }, OutputName: output },
});

/** Every resource lives at the path that its id is, below its stack. */
const resources = (
  stack: string,
  all: Record<string, readonly [string, Properties]>,
): Record<string, WrittenResource> =>
  Object.fromEntries(
    Object.entries(all).map(([id, [Type, Properties]]) => [
      id,
      { Type, Properties, Metadata: { 'aws:cdk:path': `${stack}/${id}/Resource` } },
    ]),
  );

const aFunction = (
  service: string,
  name: string,
  log: string,
  environment: Properties = {},
): [string, Properties] => [
  'AWS::Lambda::Function',
  {
    Timeout: 10,
    MemorySize: 256,
    LoggingConfig: { LogGroup: { Ref: log } },
    Environment: { Variables: environment },
    Tags: tagged(service, { Function: name }),
  },
];
const aLog: readonly [string, Properties] = ['AWS::Logs::LogGroup', { RetentionInDays: 7 }];
const anAlarm = (
  service: string,
  subject: string,
  more: Properties,
  tags: Record<string, string> = {},
): [string, Properties] => [
  'AWS::CloudWatch::Alarm',
  {
    AlarmName: `fanfare-dev/${service}/${subject}`,
    Tags: tagged(service, { Severity: 'page', ...tags }),
    ...more,
  },
];
const lyingIn = (queue: string): Properties => ({
  Namespace: 'AWS/SQS',
  MetricName: 'ApproximateNumberOfMessagesVisible',
  Dimensions: [{ Name: 'QueueName', Value: { 'Fn::GetAtt': [queue, 'QueueName'] } }],
});

const foundation = (): StackTemplate => ({
  stack: foundationStack,
  template: {
    Resources: resources(foundationStack, {
      Cache: ['AWS::ElastiCache::ServerlessCache', { ServerlessCacheName: 'fanfare-dev' }],
      Topic: ['AWS::SNS::Topic', {}],
      Log: aLog,
      Notify: aFunction('foundation', 'notify', 'Log'),
      Subscription: [
        'AWS::SNS::Subscription',
        { Protocol: 'lambda', Endpoint: arn('Notify'), TopicArn: { Ref: 'Topic' } },
      ],
      Retries: [
        'AWS::Lambda::EventInvokeConfig',
        { FunctionName: { Ref: 'Notify' }, DestinationConfig: { OnFailure: { Destination: arn('Failed') } } },
      ],
      Failed: ['AWS::SQS::Queue', {}],
      FailedAlarm: anAlarm('foundation', 'notify-dead-letters', {
        ...lyingIn('Failed'),
        AlarmActions: [{ Ref: 'Topic' }],
      }),
      Silent: anAlarm(
        'foundation',
        'alarms-reach-people',
        { AlarmActions: [{ Ref: 'Topic' }] },
        { Promise: 'alarms-reach-people' },
      ),
      Throttled: anAlarm(
        'foundation',
        'cache-answers',
        { AlarmActions: [{ Ref: 'Topic' }] },
        { Promise: 'cache-answers alarms-reach-people' },
      ),
    }),
    Outputs: {
      CacheEndpoint: { Value: { 'Fn::GetAtt': ['Cache', 'Endpoint.Address'] } },
      Topic: { Value: { Ref: 'Topic' } },
      StackId: { Value: { Ref: 'AWS::StackId' } },
      Exported: { Value: { Ref: 'Cache' }, Export: { Name: 'fanfare-dev-cache' } },
    },
  },
});

const studio = (): StackTemplate => ({
  stack: studioStack,
  template: {
    Resources: resources(studioStack, {
      EditLog: aLog,
      Edit: aFunction('studio', 'edit', 'EditLog', {
        REDIS_ENDPOINT: { 'Fn::Join': ['', ['rediss://', outputOf(foundationStack, 'CacheEndpoint')]] },
        EDGE_TOKEN: outputOf(foundationStack, 'StackId'),
        FILMS_QUEUE_URL: { Ref: 'Films' },
      }),
      Integration: ['AWS::ApiGatewayV2::Integration', { IntegrationUri: arn('Edit') }],
      Route: [
        'AWS::ApiGatewayV2::Route',
        {
          RouteKey: 'POST /studio/edits',
          Target: { 'Fn::Join': ['', ['integrations/', { Ref: 'Integration' }]] },
        },
      ],
      Films: [
        'AWS::SQS::Queue',
        {
          VisibilityTimeout: 60,
          RedrivePolicy: { deadLetterTargetArn: arn('FilmsFailed'), maxReceiveCount: 5 },
        },
      ],
      FilmsFailed: ['AWS::SQS::Queue', {}],
      CutLog: aLog,
      Cut: aFunction('studio', 'cut', 'CutLog'),
      Source: [
        'AWS::Lambda::EventSourceMapping',
        {
          EventSourceArn: arn('Films'),
          FunctionName: { Ref: 'Cut' },
          FunctionResponseTypes: ['ReportBatchItemFailures'],
        },
      ],
      FilmsFailedAlarm: anAlarm('studio', 'films-dead-letters', lyingIn('FilmsFailed')),
      Burning: anAlarm('studio', 'edits-answered/5m-14.4x', {}, { Promise: 'edits-answered' }),
      Broken: [
        'AWS::CloudWatch::CompositeAlarm',
        {
          AlarmName: 'fanfare-dev/studio/broken',
          AlarmRule: {
            'Fn::Join': [
              '',
              [
                'ALARM("',
                arn('FilmsFailedAlarm'),
                '") OR ALARM("fanfare-dev/studio/edits-answered/5m-14.4x")',
              ],
            ],
          },
          AlarmActions: [outputOf(foundationStack, 'Topic')],
          Tags: tagged('studio', { Severity: 'page' }),
        },
      ],
      Emptying: ['Custom::S3AutoDeleteObjects', { ServiceToken: arn('Provider') }],
      Provider: ['AWS::Lambda::Function', { Timeout: 900, Tags: tagged('studio') }],
    }),
    Outputs: { FilmsUrl: { Value: { Ref: 'Films' } } },
  },
});

const documents = (): PromiseDocument[] => [
  aDocument({
    service: 'foundation',
    promises: [
      aPromise({ id: 'cache-answers', functions: [] }),
      aPromise({ id: 'alarms-reach-people', functions: ['notify'] }),
    ],
  }),
  aDocument({
    service: 'studio',
    promises: [aPromise({ id: 'edits-answered', functions: ['edit'] })],
    dependsOn: [dependencyOn('foundation/cache-answers'), dependencyOn('foundation/alarms-reach-people')],
  }),
];

/** Two services of which nothing is to be refused; every part of it can be changed. */
export class AStage implements Synthesis {
  readonly stage = 'dev';
  readonly stacks: StackTemplate[] = [foundation(), studio()];
  documents: PromiseDocument[] = documents();
  headings: string[] = [
    'foundation/notify-dead-letters',
    'foundation/alarms-reach-people',
    'foundation/cache-answers',
    'studio/films-dead-letters',
    'studio/edits-answered',
    'studio/broken',
  ];

  check(): Finding[] {
    return checkTemplates(this);
  }

  private resourcesOf(stack: string): Record<string, { Type: string; Properties?: Properties }> {
    const resources = this.stacks.find((each) => each.stack === stack)?.template.Resources;
    if (resources === undefined) {
      throw new Error(`There is no stack ${stack}.`);
    }
    return resources;
  }

  /** Changes properties of a resource; undefined takes one away. */
  change(id: string, properties: Properties, stack: string = studioStack): this {
    const resource = this.resourcesOf(stack)[id];
    if (resource === undefined) {
      throw new Error(`${stack} has no ${id}.`);
    }
    resource.Properties = JSON.parse(JSON.stringify({ ...resource.Properties, ...properties }));
    return this;
  }

  /** Changes a tag of a resource; undefined takes it away. */
  tag(id: string, name: string, value: string | undefined, stack: string = studioStack): this {
    const tags = Object.values(this.resourcesOf(stack)[id]?.Properties?.['Tags'] ?? []).filter(
      ({ Key }) => Key !== name,
    );
    return this.change(
      id,
      { Tags: [...tags, ...(value === undefined ? [] : [{ Key: name, Value: value }])] },
      stack,
    );
  }

  add(id: string, type: string, properties: Properties, stack: string = studioStack): this {
    Object.assign(this.resourcesOf(stack), resources(stack, { [id]: [type, properties] }));
    return this;
  }

  remove(id: string, stack: string = studioStack): this {
    delete this.resourcesOf(stack)[id];
    return this;
  }

  /** Changes the document of a service. */
  promise(service: string, differently: (document: PromiseDocument) => Partial<PromiseDocument>): this {
    this.documents = this.documents.map((each) =>
      each.service === service ? Object.assign(each, differently(each)) : each,
    );
    return this;
  }
}
