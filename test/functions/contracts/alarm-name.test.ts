import { describe, expect, it } from 'vitest';
import {
  alarmHeading,
  alarmName,
  alarmTopicName,
  parseAlarmName,
  parseAlarmTopicArn,
} from '../../../functions/contracts/alarm-name.ts';

const arn = (name: string): string => `arn:aws:sns:eu-west-1:111122223333:${name}`;

describe('the name of an alarm', () => {
  it.each([
    { stage: 'prod', service: 'personalise', subject: 'render-errors' },
    { stage: 'dev', service: 'personalise', subject: 'pictures-in-time', part: '5m-14.4x' },
    { stage: 'staging', service: 'console', subject: 'page' },
  ])('is read as it was written: $service/$subject', (identity) => {
    expect(parseAlarmName(alarmName(identity))).toEqual(identity);
  });

  it('begins with the stage and ends with what its heading does not say', () => {
    const identity = { stage: 'dev', service: 'personalise', subject: 'pictures-in-time', part: '5m-14.4x' };
    expect(alarmName(identity)).toBe('fanfare-dev/personalise/pictures-in-time/5m-14.4x');
    expect(alarmHeading(identity)).toBe('personalise/pictures-in-time');
  });

  it.each([
    'billing',
    'fanfare-dev',
    'fanfare-dev/personalise',
    'other-dev/personalise/page',
    'fanfare-dev/A/b',
  ])('of somebody else is not ours: %s', (name) => {
    expect(parseAlarmName(name)).toBeUndefined();
  });
});

describe('the name of a topic', () => {
  it.each([
    { stage: 'prod', team: 'campaigns', severity: 'page' },
    { stage: 'dev', team: 'on-the-road', severity: 'ticket' },
  ] as const)('says for whom it is: $team, $severity', (topic) => {
    expect(parseAlarmTopicArn(arn(alarmTopicName(topic)))).toEqual({ ...topic, region: 'eu-west-1' });
  });

  it('is read in every partition of AWS', () => {
    expect(
      parseAlarmTopicArn('arn:aws-cn:sns:cn-north-1:111122223333:fanfare-dev-studio-page'),
    ).toMatchObject({
      region: 'cn-north-1',
      team: 'studio',
    });
  });

  it.each([
    'fanfare-prod-campaigns',
    'fanfare-prod-campaigns-shout',
    'prod-campaigns-page',
    'fanfare-prod--page',
  ])('of somebody else is not ours: %s', (name) => {
    expect(parseAlarmTopicArn(arn(name))).toBeUndefined();
  });
});
