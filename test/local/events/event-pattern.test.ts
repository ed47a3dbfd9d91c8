import { describe, expect, it } from 'vitest';
import { readEventPattern } from '../../../local/events/event-pattern.ts';

const event = {
  source: 'aws.cloudwatch',
  resources: ['arn:a', 'arn:b'],
  detail: { alarmName: 'fanfare-dev/personalise/page', state: { value: 'ALARM' }, count: 3 },
};

describe('an event pattern', () => {
  it.each<[Record<string, unknown>, boolean]>([
    [{}, true],
    [{ source: ['aws.cloudwatch'] }, true],
    [{ source: ['aws.s3', 'aws.cloudwatch'] }, true],
    [{ source: ['aws.s3'] }, false],
    [{ source: [] }, false],
    [{ detail: { state: { value: ['ALARM'] } } }, true],
    [{ detail: { state: { value: ['OK'] } } }, false],
    [{ detail: { count: [3] } }, true],
    [{ detail: { count: ['3'] } }, false],
    [{ detail: { gone: { deeper: ['x'] } } }, false],
    [{ resources: ['arn:b'] }, true],
    [{ resources: ['arn:c'] }, false],
    [{ detail: { alarmName: [{ prefix: 'fanfare-dev/' }] } }, true],
    [{ detail: { alarmName: [{ suffix: '/page' }] } }, true],
    [{ detail: { alarmName: [{ suffix: '/ticket' }] } }, false],
    [{ source: [{ 'equals-ignore-case': 'AWS.CloudWatch' }] }, true],
    [{ detail: { state: { value: [{ 'anything-but': 'OK' }] } } }, true],
    [{ detail: { state: { value: [{ 'anything-but': ['OK', 'ALARM'] }] } } }, false],
    [{ detail: { alarmName: [{ 'anything-but': { prefix: 'fanfare-' } }] } }, false],
    [{ detail: { gone: [{ 'anything-but': 'x' }] } }, false],
    [{ detail: { gone: [{ exists: false }] } }, true],
    [{ detail: { state: [{ exists: false }] } }, false],
    [{ source: ['aws.cloudwatch'], detail: { state: { value: ['OK'] } } }, false],
  ])('%j: %s', (pattern, expected) => {
    expect(readEventPattern(pattern)(event)).toBe(expected);
  });

  it.each<[unknown, string]>([
    [['x'], 'An event pattern is an object'],
    [{ source: 'aws.s3' }, 'An event pattern is an object, not "aws.s3"'],
    [{ detail: { count: [{ numeric: ['>', 1] }] } }, 'does not know {"numeric":[">",1]} in event patterns'],
    [{ $or: [{ source: ['a'] }] }, 'does not know $or in event patterns'],
    [{ source: [{ prefix: 'a', suffix: 'b' }] }, 'does not know'],
  ])('that the stage does not know is refused: %j', (pattern, words) => {
    expect(() => readEventPattern(pattern)).toThrow(words);
  });
});
