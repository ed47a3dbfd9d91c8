import { createHash, randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { MetricSeries, MetricStore } from '../cloudwatch/metric-store.ts';
import type { LambdaFunction } from '../lambda/lambda-function.ts';
import { topicName } from '../template/identities.ts';
import { followed } from '../template/followed.ts';
import { keyOf } from '../template/assembly.ts';
import type { Intrinsics } from '../template/intrinsics.ts';
import type { SortedResources } from '../template/resource-types.ts';

const topicSchema = followed(
  {
    TopicName: z.string().optional(),
    Tags: z.array(z.looseObject({ Key: z.string(), Value: z.string() })).default([]),
  },
  ['DisplayName', 'KmsMasterKeyId', 'SignatureVersion', 'TracingConfig'],
);

/** A function takes every notification, as Lambda accepts every event, so there is nothing for a subscription's own dead-letter queue. */
const subscriptionSchema = followed(
  {
    TopicArn: z.string(),
    Protocol: z.enum(['lambda', 'email'], {
      error: 'the local stage knows subscriptions of functions and e-mail addresses only',
    }),
    Endpoint: z.string(),
  },
  ['RedrivePolicy', 'Region'],
);

export interface Email {
  readonly to: string;
  /** Of the topic. */
  readonly team: string | undefined;
  readonly subject: string;
  readonly body: string;
}

interface TopicsOptions {
  readonly resources: SortedResources;
  readonly intrinsics: Intrinsics;
  readonly functions: ReadonlyMap<string, LambdaFunction>;
  readonly store: MetricStore;
  readonly region: string;
  readonly invoke: (fn: LambdaFunction, event: unknown) => void;
  readonly deliver: (email: Email) => void;
}

interface Subscription {
  readonly arn: string;
  readonly target:
    | { readonly kind: 'function'; readonly fn: LambdaFunction }
    | { readonly kind: 'email'; readonly address: string };
}

interface Topic {
  readonly team: string | undefined;
  readonly subscriptions: readonly Subscription[];
  readonly published: MetricSeries;
  readonly delivered: MetricSeries;
}

/** The template's SNS topics and who subscribes to them. */
export class Topics {
  readonly #options: TopicsOptions;
  readonly #topics: ReadonlyMap<string, Topic>;

  constructor(options: TopicsOptions) {
    this.#options = options;
    const { resources, intrinsics, store } = options;
    const subscriptions = resources
      .ofType('AWS::SNS::Subscription')
      .map((resource) => ({ key: keyOf(resource), to: intrinsics.parse(resource, subscriptionSchema) }));
    this.#topics = new Map(
      resources.ofType('AWS::SNS::Topic').map((resource) => {
        const { Tags } = intrinsics.parse(resource, topicSchema);
        const arn = String(intrinsics.resolve({ Ref: resource.logicalId }, resource.stack));
        const series = (name: string): MetricSeries =>
          store.series({
            namespace: 'AWS/SNS',
            name,
            dimensions: { TopicName: topicName(resource) },
          });
        // Every delivery of the stage succeeds, so this one stays without data, as AWS leaves it.
        series('NumberOfNotificationsFailed');
        return [
          arn,
          {
            team: Tags.find(({ Key }) => Key === 'Team')?.Value,
            published: series('NumberOfMessagesPublished'),
            delivered: series('NumberOfNotificationsDelivered'),
            subscriptions: subscriptions
              .filter(({ to }) => to.TopicArn === arn)
              .map(({ key, to }) => ({
                arn: `${arn}:${uuidOf(key)}`,
                target: this.#target(to.Protocol, to.Endpoint),
              })),
          },
        ] satisfies [string, Topic];
      }),
    );
    const lost = subscriptions.find(({ to }) => !this.#topics.has(to.TopicArn));
    if (lost !== undefined) {
      throw new Error(`${lost.key} subscribes to ${lost.to.TopicArn}, which is nowhere in the stage.`);
    }
  }

  /** Throws on a topic that does not exist. */
  publish(topicArn: string, subject: string, message: string): void {
    const topic = this.#topics.get(topicArn);
    if (topic === undefined) {
      throw new Error(`There is no topic ${topicArn}.`);
    }
    topic.published.add(1);
    for (const { arn, target } of topic.subscriptions) {
      if (target.kind === 'function') {
        this.#options.invoke(
          target.fn,
          toSnsEvent({ topicArn, subscriptionArn: arn, subject, message, region: this.#options.region }),
        );
      } else {
        this.#options.deliver({ to: target.address, team: topic.team, subject, body: message });
      }
      topic.delivered.add(1);
    }
  }

  /** Throws when something in the template publishes to a topic that does not exist. */
  check(topicArn: string, who: string): void {
    if (!this.#topics.has(topicArn)) {
      throw new Error(`${who} publishes to ${topicArn}, which is nowhere in the stage.`);
    }
  }

  #target(protocol: 'lambda' | 'email', endpoint: string): Subscription['target'] {
    if (protocol === 'email') {
      return { kind: 'email', address: endpoint };
    }
    const fn = this.#options.functions.get(/function:([^:]+)/u.exec(endpoint)?.[1] ?? '');
    if (fn === undefined) {
      throw new Error(`A subscription invokes ${endpoint}, which is nowhere in the stage.`);
    }
    return { kind: 'function', fn };
  }
}

/** The event that a function gets. Source: AWS Lambda developer guide, "Invoking Lambda functions with Amazon SNS notifications". */
const toSnsEvent = (options: {
  readonly topicArn: string;
  readonly subscriptionArn: string;
  readonly subject: string;
  readonly message: string;
  readonly region: string;
}): unknown => ({
  Records: [
    {
      EventSource: 'aws:sns',
      EventVersion: '1.0',
      EventSubscriptionArn: options.subscriptionArn,
      Sns: {
        Type: 'Notification',
        MessageId: randomUUID(),
        TopicArn: options.topicArn,
        Subject: options.subject,
        Message: options.message,
        Timestamp: new Date().toISOString(),
        SignatureVersion: '1',
        Signature: 'local',
        SigningCertUrl: `https://sns.${options.region}.amazonaws.com/SimpleNotificationService-local.pem`,
        UnsubscribeUrl: `https://sns.${options.region}.amazonaws.com/?Action=Unsubscribe&SubscriptionArn=${options.subscriptionArn}`,
        MessageAttributes: {},
      },
    },
  ],
});

/** The same in every run. */
const uuidOf = (key: string): string =>
  createHash('sha256')
    .update(key)
    .digest('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/u, '$1-$2-$3-$4-$5');
