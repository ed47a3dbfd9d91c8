import { describe, expect, it } from 'vitest';
import { refusalPlace, refusalsAt } from '../../../../console/src/editor/make/refusal-place.ts';

describe('the place of a refusal', () => {
  it.each([
    ['/captions/2/text', { part: 'captions', index: 2, control: 'text' }],
    ['/recipe/captions/0/place/slot', { part: 'captions', index: 0, control: 'place' }],
    ['/captions', { part: 'captions' }],
    ['/overlays/11/source/sticker', { part: 'overlays', index: 11, control: 'source' }],
    ['/geometry/1', { part: 'geometry', index: 1 }],
    ['/source/slides/3/upload', { part: 'source', index: 3, control: 'upload' }],
    ['/source/upload', { part: 'source', control: 'upload' }],
    ['/recipe/output/maxBytes', { part: 'output', control: 'maxBytes' }],
    ['/timeline', { part: 'timeline' }],
    ['/recipe', { part: 'source' }],
    ['/sauce', { part: 'source' }],
    ['', { part: 'source' }],
  ])('%s is where its control is', (pointer, place) => {
    expect(refusalPlace(pointer)).toEqual(place);
  });
});

describe('the refusals at a control', () => {
  const refusals = [
    { pointer: '/captions/0/text', detail: 'Too long.' },
    { pointer: '/captions/1/text', detail: 'Too long, too.' },
    { pointer: '/captions/1/toMs', detail: 'Too early.' },
  ];

  it('are those of that control, of that item, or of all the part', () => {
    expect(refusalsAt(refusals, { part: 'captions', index: 1, control: 'text' })).toEqual(['Too long, too.']);
    expect(refusalsAt(refusals, { part: 'captions', index: 1 })).toEqual(['Too long, too.', 'Too early.']);
    expect(refusalsAt(refusals, { part: 'captions' })).toHaveLength(3);
    expect(refusalsAt(refusals, { part: 'output' })).toEqual([]);
  });
});
