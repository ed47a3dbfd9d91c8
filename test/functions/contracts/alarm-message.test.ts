import { describe, expect, it } from 'vitest';
import { alarmMessageSchema, toEpoch } from '../../../functions/contracts/alarm-message.ts';
import { alarmMessageNames, alarmMessageText } from '../../fixtures/alarm-message.ts';

const parse = (text: string) => alarmMessageSchema.parse(JSON.parse(text));

describe('the message of an alarm', () => {
  it.each(alarmMessageNames)('is accepted as AWS writes it: %s', (name) => {
    expect(parse(alarmMessageText(name)).AlarmName).toMatch(/^fanfare-prod\/personalise\//u);
  });

  it('of a composite has the alarms that changed it, and nothing that it watches itself', () => {
    const composite = parse(alarmMessageText('composite-alarm'));
    expect(composite).not.toHaveProperty('Trigger');
    expect(composite).toMatchObject({ TriggeringChildren: [{ State: { Value: 'ALARM' } }, {}] });
  });

  it('may have keys that are not known yet', () => {
    const text = alarmMessageText('metric-alarm').replace(
      '{',
      '{"EvaluationState": {"Value": "PARTIAL_DATA"},',
    );
    expect(parse(text)).not.toHaveProperty('EvaluationState');
  });

  it.each([
    ['a state that there is not', '"ALARM"', '"LOUD"'],
    ['a time that is none', '2026-11-21T03:04:05.640+0000', 'yesterday'],
    ['neither a metric nor a rule', '"Trigger"', '"Trugger"'],
  ])('is refused with %s', (_case, from, to) => {
    const text = alarmMessageText('metric-alarm').replace(from, to);
    expect(alarmMessageSchema.safeParse(JSON.parse(text)).success).toBe(false);
  });

  it.each([
    ['2026-11-21T03:04:05.640+0000', '2026-11-21T03:04:05.640Z'],
    ['2026-11-21T05:34:05.640+0230', '2026-11-21T03:04:05.640Z'],
    ['2026-11-21T03:04:05Z', '2026-11-21T03:04:05.000Z'],
  ])('has times with an offset as CloudWatch writes it: %s', (text, iso) => {
    expect(new Date(toEpoch(text)).toISOString()).toBe(iso);
  });
});
