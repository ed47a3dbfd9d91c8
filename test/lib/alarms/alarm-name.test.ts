import { describe, expect, it } from 'vitest';
import { alarmName, anchorOf, headingOf } from '../../../lib/alarms/alarm-name.ts';

const burn = { service: 'personalise', subject: 'pictures-in-time', part: '5m-14.4x' };

describe('an alarm’s name', () => {
  it('begins with its stage, and then is its heading in the runbook', () => {
    expect(alarmName('prod', { service: 'personalise', subject: 'render-errors' })).toBe(
      'fanfare-prod/personalise/render-errors',
    );
    expect(alarmName('dev', burn)).toBe('fanfare-dev/personalise/pictures-in-time/5m-14.4x');
    expect(headingOf(burn)).toBe('personalise/pictures-in-time');
  });

  it('has the anchor that GitHub gives its heading', () => {
    expect(anchorOf('personalise/render-errors')).toBe('personaliserender-errors');
  });
});
