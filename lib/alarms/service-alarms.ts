import { AlarmRule, AlarmState, CompositeAlarm, type IAlarmRule } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Construct } from 'constructs';
import { alarmHeading, alarmName, severities, type Severity } from '../../functions/contracts/alarm-name.ts';
import { headingAnchor } from '../../functions/contracts/place-links.ts';
import type { PromiseDocument } from '../../functions/contracts/promise.ts';
import type { OwnedFunction } from '../constructs/owned-function.ts';
import type { TeamTopics } from '../constructs/team-topics.ts';
import { pascalCase } from '../constructs/pascal-case.ts';
import { OwnedStack } from '../stacks/owned-stack.ts';
import { apiAlarms } from './api-alarms.ts';
import { cacheAlarms } from './cache-alarms.ts';
import { functionAlarms } from './function-alarms.ts';
import { promiseAlarms } from './promise-alarms.ts';
import { deadLetterAlarm, queueAlarms } from './queue-alarms.ts';
import { type AlarmPlan, ServiceAlarm, tagAlarm } from './service-alarm.ts';
import { ServiceResources } from './service-resources.ts';

/**
 * Everything that watches a service, derived from what it promises and what it is built of: an alarm for each thing that can be wrong, and one composite a
 * severity, which tells the owning team once, with the alarms as evidence. Made last in a stack.
 */
export class ServiceAlarms extends Construct {
  readonly service: PromiseDocument;
  readonly resources: ServiceResources;
  readonly alarms: readonly ServiceAlarm[];
  readonly composites: readonly CompositeAlarm[];

  constructor(scope: OwnedStack, id: string, topics: TeamTopics) {
    super(scope, id);
    this.service = scope.service;
    this.resources = new ServiceResources(scope);
    this.alarms = planAlarms(scope.service, this.resources).map(
      (plan) => new ServiceAlarm(this, constructId(plan), plan),
    );
    this.composites = severities.flatMap((severity) => {
      const alarms = this.alarms.filter(({ plan }) => plan.severity === severity);
      return alarms.length === 0 ? [] : [this.tell(severity, alarms, topics)];
    });
  }

  private tell(severity: Severity, alarms: readonly ServiceAlarm[], topics: TeamTopics): CompositeAlarm {
    const { service, deploymentStage } = OwnedStack.owning(this);
    const name = { stage: deploymentStage, service: service.service, subject: severity };
    const composite = new CompositeAlarm(this, severity === 'page' ? 'Page' : 'Ticket', {
      compositeAlarmName: alarmName(name),
      alarmDescription: `${service.product}: ${means[severity]} Runbook: docs/runbook.md#${headingAnchor(alarmHeading(name))}`,
      alarmRule: AlarmRule.anyOf(...rules(alarms)),
    });
    const action = new SnsAction(topics.of(service.team, severity));
    composite.addAlarmAction(action);
    composite.addOkAction(action);
    tagAlarm(composite, severity, [...new Set(alarms.flatMap(({ plan }) => plan.promises))]);
    return composite;
  }
}

const means: Readonly<Record<Severity, string>> = {
  page: 'something is broken that people notice now.',
  ticket: 'something will break if nobody looks at it in the next days.',
};

function planAlarms(document: PromiseDocument, resources: ServiceResources): AlarmPlan[] {
  const endangered = (functions: readonly OwnedFunction[]): string[] =>
    document.promises
      .filter((promise) => functions.some(({ name }) => promise.functions.includes(name)))
      .map(({ id }) => id);
  const measuredBy = (kind: string): string[] =>
    document.promises
      .filter(({ measure }) => Object.values(measure.metrics).some(({ of }) => of === kind))
      .map(({ id }) => id);
  return [
    ...document.promises.flatMap((promise) => promiseAlarms(promise, resources)),
    ...resources.apis.flatMap((api) => apiAlarms(api, endangered(api.functions))),
    ...resources.functions.flatMap((fn) => functionAlarms(fn, endangered([fn]))),
    ...resources.queues.flatMap((queue) => queueAlarms(queue, endangered([queue.consumer]))),
    ...resources.deadLetters.map((letters) => deadLetterAlarm(letters, endangered([letters.failing]))),
    ...resources.caches.flatMap((cache) => cacheAlarms(cache, measuredBy('cache'))),
  ];
}

const constructId = ({ subject, part }: AlarmPlan): string =>
  pascalCase([subject, ...(part === undefined ? [] : [part.replaceAll('.', '')])].join('-'));

/** One rule an alarm, or a pair of windows. */
function rules(alarms: readonly ServiceAlarm[]): IAlarmRule[] {
  return alarms.flatMap(({ alarm, plan }, index) => {
    const inAlarm = AlarmRule.fromAlarm(alarm, AlarmState.ALARM);
    if (plan.andPart === undefined) {
      return [inAlarm];
    }
    const other = alarms.findIndex(
      (each) => each.plan.subject === plan.subject && each.plan.part === plan.andPart,
    );
    const partner = alarms[other];
    // A pair is one rule, written where its first alarm stands.
    return partner === undefined || other < index
      ? []
      : [AlarmRule.allOf(inAlarm, AlarmRule.fromAlarm(partner.alarm, AlarmState.ALARM))];
  });
}
