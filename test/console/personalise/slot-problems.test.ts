import { describe, expect, it } from 'vitest';
import { problemsOf, slotProblems } from '../../../console/src/personalise/slot-problems.ts';
import { slotText } from './slots.ts';

const slots = [slotText('name', true, 5), slotText('cheer', false, 3)];
const problem = { type: '/problems/x', title: 'x', status: 422, detail: 'Some words do not fit.' };

describe('before anything is sent', () => {
  it('asks for what is required and only for that', () => {
    expect(Object.keys(slotProblems(slots, {}))).toEqual(['name']);
    expect(Object.keys(slotProblems(slots, { name: '  ', cheer: '  ' }))).toEqual(['name']);
    expect(slotProblems(slots, { name: 'Amira' })).toEqual({});
  });

  it('says how much too long a text is', () => {
    expect(slotProblems(slots, { name: 'Amirah', cheer: 'Go!!!' })).toEqual({
      name: 'That is one character too many; 5 fit.',
      cheer: 'That is 2 characters too many; 3 fit.',
    });
  });
});

describe('the server’s field errors', () => {
  it('go to their fields, several to one', () => {
    const errors = [
      { pointer: '/slots/name', detail: 'Too long.' },
      { pointer: '/slots/name', detail: 'Not drawable.' },
      { pointer: '/contentType', detail: 'Not a type.' },
    ];
    expect(problemsOf({ ...problem, errors }, slots)).toEqual({
      slots: { name: 'Too long. Not drawable.' },
      photo: 'Not a type.',
      rest: undefined,
    });
  });

  it('are all shown, also those for no field of this form', () => {
    const errors = [{ pointer: '/slots/other', detail: 'No such slot.' }];
    expect(problemsOf({ ...problem, errors }, slots).rest).toBe('Some words do not fit. No such slot.');
    expect(problemsOf(problem, slots)).toEqual({
      slots: {},
      photo: undefined,
      rest: 'Some words do not fit.',
    });
  });

  it('find a field whose id needs escaping', () => {
    const odd = [slotText('a/b~c', true, 5)];
    const errors = [{ pointer: '/slots/a~1b~0c', detail: 'Too long.' }];
    expect(problemsOf({ ...problem, errors }, odd).slots).toEqual({ 'a/b~c': 'Too long.' });
  });
});
