import { alarmMessageSchema } from '../../../functions/contracts/alarm-message.ts';
import {
  type AlarmStory,
  type StorySetting,
  tellAlarm,
} from '../../../functions/foundation/domain/alarm-story.ts';
import { type AlarmMessageName, alarmMessageText } from '../../fixtures/alarm-message.ts';
import { testDocument } from './test-document.ts';

/** The story of a golden message, told at 03:10 UTC to the team `campaigns`. */
export const told = (
  name: AlarmMessageName,
  changes: Readonly<Record<string, unknown>> = {},
  setting: Partial<StorySetting> = {},
): AlarmStory =>
  tellAlarm(alarmMessageSchema.parse({ ...JSON.parse(alarmMessageText(name)), ...changes }), {
    documents: [testDocument],
    runbookUrl: 'https://example.com/runbook.md',
    stage: 'prod',
    team: 'campaigns',
    severity: 'page',
    region: 'eu-west-1',
    now: Date.parse('2026-11-21T03:10:30Z'),
    ...setting,
  });
