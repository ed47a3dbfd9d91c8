import { beforeAll, describe, expect, it } from 'vitest';
import {
  alarmName,
  alarmTopicName,
  parseAlarmName,
  parseAlarmTopicArn,
  severities,
} from '../../../functions/contracts/alarm-name.ts';
import { dashboardName, functionName, logGroupName } from '../../../functions/contracts/place-links.ts';
import { concernedPromises } from '../../../functions/foundation/domain/concerned.ts';
import { services } from '../../../functions/promises.ts';
import {
  ourFunctions,
  patience,
  readTemplate,
  type Resource,
  resourcesOf,
  type StackName,
  stackNames,
} from '../../lib/templates.ts';

const stage = 'dev';

/** What `notify` reads from names, and links to by name, is what the stacks call it. */
describe('the names in the templates', () => {
  const found: { service: StackName; resource: Resource }[] = [];
  const ofType = (type: string, property: string) =>
    found
      .filter(({ resource }) => resource.type === type)
      .map(({ service, resource }) => ({ service, name: String(resource.properties[property]) }));

  beforeAll(async () => {
    for (const service of stackNames) {
      const template = await readTemplate(service, stage);
      found.push(...resourcesOf(template).map((resource) => ({ service, resource })));
    }
  }, patience);

  it('of alarms are read with their stage and service', () => {
    const alarms = [
      ...ofType('AWS::CloudWatch::Alarm', 'AlarmName'),
      ...ofType('AWS::CloudWatch::CompositeAlarm', 'AlarmName'),
    ];
    expect(alarms.length).toBeGreaterThan(20);
    for (const { service, name } of alarms) {
      const identity = parseAlarmName(name);
      expect(identity).toMatchObject({ stage, service });
      expect(identity && alarmName(identity)).toBe(name);
    }
  });

  it('of composites are their severity', () => {
    const composites = ofType('AWS::CloudWatch::CompositeAlarm', 'AlarmName');
    expect(composites.length).toBeGreaterThan(0);
    for (const { name } of composites) {
      expect(severities).toContain(parseAlarmName(name)?.subject);
    }
  });

  it('of alarms on a promise are the promise’s', () => {
    const parts = ofType('AWS::CloudWatch::Alarm', 'AlarmName').flatMap(({ service, name }) => {
      const identity = parseAlarmName(name);
      return identity?.part === undefined ? [] : [{ service, subject: identity.subject }];
    });
    expect(parts.length).toBeGreaterThan(0);
    for (const { service, subject } of parts) {
      expect(concernedPromises(services[service], [subject])[0]).toMatchObject({ measured: true });
    }
  });

  it('of topics are read with their team and severity', () => {
    const topics = ofType('AWS::SNS::Topic', 'TopicName');
    expect(topics.length).toBeGreaterThan(0);
    for (const { name } of topics) {
      const topic = parseAlarmTopicArn(`arn:aws:sns:eu-west-1:111122223333:${name}`);
      expect(topic).toMatchObject({ stage });
      expect(topic && alarmTopicName(topic)).toBe(name);
    }
  });

  it('of functions, their logs and dashboards are those that steps link to', async () => {
    const logGroups = ofType('AWS::Logs::LogGroup', 'LogGroupName').map(({ name }) => name);
    const dashboards = ofType('AWS::CloudWatch::Dashboard', 'DashboardName').map(({ name }) => name);
    for (const service of stackNames) {
      expect(dashboards).toContain(dashboardName(stage, services[service].team));
      for (const { properties } of ourFunctions(await readTemplate(service, stage))) {
        const name = String(properties['FunctionName']).replace(functionName(stage, service, ''), '');
        expect(properties['FunctionName']).toBe(functionName(stage, service, name));
        expect(logGroups).toContain(logGroupName(stage, service, name));
      }
    }
    expect(dashboards).toContain(dashboardName(stage));
    expect(logGroups).toContain(logGroupName(stage, 'personalise', 'api'));
  });
});
