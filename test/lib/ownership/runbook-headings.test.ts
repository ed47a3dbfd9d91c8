import { expect, it } from 'vitest';
import { runbookHeadings } from '../../../lib/ownership/runbook-headings.ts';

it('the headings of alarms are those of the second level that are called like one', () => {
  const runbook = [
    '# Runbook',
    '## How to read this',
    '## studio/page',
    'See [the queue](#studiofilms-queue-age).',
    '## studio/films-queue-age  ',
    '### studio/step',
    '## Studio/Films',
  ].join('\n');
  expect(runbookHeadings(runbook)).toEqual(['studio/page', 'studio/films-queue-age']);
});
