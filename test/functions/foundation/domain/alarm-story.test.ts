import { describe, expect, it } from 'vitest';
import { told } from '../told.ts';

const children = (...names: string[]) => ({
  TriggeringChildren: names.map((name) => ({
    Arn: `arn:aws:cloudwatch:eu-west-1:111122223333:alarm:fanfare-prod/personalise/${name}`,
    State: { Value: 'ALARM', Timestamp: '2026-11-21T03:04:05.601+0000' },
  })),
});

describe('an alarm that pages', () => {
  const story = told('composite-alarm');

  it('says what is broken, in the product’s and the promise’s name', () => {
    expect(story.title).toBe('Personalised images (prod): pictures-in-time is broken');
    expect(story).toMatchObject({ component: 'personalise', subject: 'pictures-in-time', team: 'campaigns' });
  });

  it('says what consumers see and should do', () => {
    expect(story.impact).toEqual(['The job stays accepted for longer than half a minute.']);
    expect(story.consumersShould).toEqual(['Keep the job’s address and ask again.']);
  });

  it('begins with its earliest evidence', () => {
    expect(story.facts).toEqual([
      'Since 2026-11-21 03:02 UTC (8 minutes). Team: campaigns (page).',
      'Promise pictures-in-time: The pictures are there within 30 seconds. (at least 95 %, over 30 days)',
    ]);
  });

  it('names every alarm that is evidence, a burn rate as the part that was not as promised', () => {
    expect(story.evidence).toEqual([
      'pictures-in-time/5m-14.4x: in the last 5 minutes at least 72 % was not as promised, in alarm since 03:04 UTC',
      'render-errors: in alarm since 03:02 UTC',
    ]);
  });

  it('tells what to look at: first what concerns the evidence, then what concerns the service, nothing twice', () => {
    expect(story.steps.map(({ look }) => look)).toEqual([
      'What does render throw?',
      'Was it deployed just before?',
    ]);
    expect(story.steps[0]?.at).toMatchObject({
      text: 'log of render',
      url: expect.stringContaining('logs-insights'),
    });
    expect(told('composite-alarm', children('render-dead-letters')).steps).toHaveLength(3);
  });

  it('links to the runbook of each piece of evidence, to the alarm and to the team’s dashboard', () => {
    expect(story.links.map(({ text }) => text)).toEqual([
      'Runbook personalise/pictures-in-time',
      'Runbook personalise/render-errors',
      'Alarm',
      'Dashboard',
    ]);
    expect(story.links[1]?.url).toBe('https://example.com/runbook.md#personaliserender-errors');
    expect(story.links.at(-1)?.url).toMatch(/fanfare-prod-campaigns$/u);
  });
});

describe('an alarm’s first line', () => {
  it.each([
    [['pictures-in-time/1h-14.4x', 'pictures-in-time/5m-14.4x'], 'pictures-in-time is broken'],
    [
      ['pictures-in-time/1h-14.4x', 'requests-answered/1h-14.4x'],
      'requests-answered and pictures-in-time are broken',
    ],
    [['render-dead-letters'], 'dead letters of render'],
    [['erase-errors', 'render-throttles'], 'erase-errors and throttles of render'],
  ])('for %s is about: %s', (names, about) => {
    expect(told('composite-alarm', children(...names)).title).toBe(`Personalised images (prod): ${about}`);
  });

  it('for a ticket says that a promise is in danger, not yet broken', () => {
    expect(told('composite-alarm', children('pictures-in-time/3d-1x'), { severity: 'ticket' }).title).toBe(
      'Personalised images (prod): pictures-in-time is in danger',
    );
  });

  it('has the alarm’s name when nobody documents its service', () => {
    const story = told('metric-alarm', { AlarmName: 'billing', AlarmDescription: 'It costs too much.' });
    expect(story.title).toBe('Alarm (prod): billing');
    expect(story.impact).toEqual(['It costs too much.']);
    expect(story.steps).toEqual([]);
    expect(story.links.map(({ text }) => text)).toEqual(['Alarm', 'Dashboard']);
  });

  it('for a composite whose evidence CloudWatch does not name, is its own name, and its reason the evidence', () => {
    const story = told('composite-alarm', { TriggeringChildren: [], NewStateReason: 'Set by hand' });
    expect(story.title).toBe('Personalised images (prod): fanfare-prod/personalise/page');
    expect(story.impact).toEqual(['Personalised images: something is broken that people notice now.']);
    expect(story.evidence).toEqual(['page: Set by hand, in alarm since 03:04 UTC']);
  });
});

describe('a metric alarm', () => {
  it('says what it means, what may follow, and what was measured', () => {
    const story = told('metric-math-alarm');
    expect(story.title).toBe('Personalised images (prod): failures of api');
    expect(story.impact).toEqual([
      'For three minutes at least 5 % of the API’s answers have been failures of ours (5xx).',
      'If it goes on: Requests are answered with 5xx.',
    ]);
    expect(story.evidence).toEqual([
      'api-failures: Failed answers, %: 12.5, 10 and 33.33 in a minute; alarm from 5, in alarm since 03:01 UTC',
    ]);
    expect(story.facts[0]).toContain('Since 2026-11-21 03:01 UTC (9 minutes)');
    expect(story.facts[1]).toContain('Needed for requests-answered');
  });
});

describe('the end of an alarm', () => {
  it('says that it is well again, since when, and asks for nothing', () => {
    const story = told('composite-ok', {}, { now: Date.parse('2026-11-21T03:45:00Z') });
    expect(story.title).toBe('Personalised images (prod): well again: pictures-in-time');
    expect(story.impact).toEqual(['What was wrong has ended.']);
    expect(story.facts[0]).toContain('Since 2026-11-21 03:41 UTC (3 minutes)');
    expect(story.evidence).toEqual(['pictures-in-time/5m-14.4x: well since 03:41 UTC']);
    expect([story.steps, story.consumersShould]).toEqual([[], []]);
  });

  it('claims no recovery where nothing was known before', () => {
    const story = told('composite-created');
    expect(story.title).toBe('Personalised images (prod): well');
    expect(story.impact[0]).toContain('enough data now');
  });
});

describe('missing data', () => {
  it('is unknown, neither well nor broken', () => {
    const story = told('metric-insufficient-data');
    expect(story.title).toBe('Personalised images (prod): unknown: throttles of render');
    expect(story.impact[0]).toContain('Nobody knows');
    expect(story.evidence).toEqual([
      'render-throttles: Insufficient Data: 3 datapoints were unknown, unknown since 03:04 UTC',
    ]);
    expect(story.consumersShould).toEqual([]);
    expect(story.steps).not.toEqual([]);
  });
});
