import { describe, expect, it } from 'vitest';
import { concernedPromises, stepsFor, watchedBy } from '../../../../functions/foundation/domain/concerned.ts';
import { testDocument } from '../test-document.ts';

const concerns = (...subjects: string[]): string[] =>
  concernedPromises(testDocument, subjects).map(
    ({ promise, measured }) => `${promise.id} ${measured ? 'measured' : 'needed'}`,
  );

describe('the promises that alarms are about', () => {
  it.each([
    ['its own measure', 'pictures-in-time', ['pictures-in-time measured']],
    ['the function that keeps it', 'render-errors', ['pictures-in-time needed', 'accepted-jobs-end needed']],
    ['the API that it is measured at', 'api-failures', ['requests-answered needed']],
    [
      'the queue whose dead letters it counts',
      'render-dead-letters',
      ['pictures-in-time needed', 'accepted-jobs-end needed'],
    ],
    ['something that no promise needs', 'erase-errors', []],
  ])('are found by %s', (_case, subject, expected) => {
    expect(concerns(subject)).toEqual(expected);
  });

  it('come with those first that are measured', () => {
    expect(concerns('api-failures', 'pictures-in-time')).toEqual([
      'pictures-in-time measured',
      'requests-answered needed',
    ]);
  });
});

it('a subject belongs to the function with the longest name that it begins with', () => {
  expect(watchedBy(testDocument, 'accept-upload-errors')).toBe('accept-upload');
  expect(watchedBy(testDocument, 'accept-errors')).toBe('accept');
  expect(watchedBy(testDocument, 'renderer-errors')).toBeUndefined();
});

describe('what to look at', () => {
  const looks = (...subjects: string[]): string[] => stepsFor(testDocument, subjects).map(({ look }) => look);

  it('follows from the alarm’s name, in the order of the document', () => {
    expect(looks('render-dead-letters')).toEqual([
      'What does render throw?',
      'Send them back with npm run redrive.',
      'Was it deployed just before?',
    ]);
  });

  it('takes * for any letters, and no other sign for more than itself', () => {
    expect(looks('render-errors')).toEqual(['What does render throw?']);
    expect(looks('my-render-errors')).toEqual([]);
    expect(looks('render')).toEqual([]);
  });
});
