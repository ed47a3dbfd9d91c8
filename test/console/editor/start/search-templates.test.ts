import { describe, expect, it } from 'vitest';
import { searchTemplates } from '../../../../console/src/editor/start/search-templates.ts';
import type { TemplateView } from '../../../../functions/contracts/studio-library.ts';

const template = (id: string, name: string, keywords: string[], isAnimated = false): TemplateView => ({
  id,
  name,
  keywords,
  isAnimated,
  width: 100,
  height: 100,
  captions: [],
  self: '',
  durationMs: 0,
  picture: '',
  preview: '',
});

const box: TemplateView['captions'][number] = {
  label: 'Answer',
  example: '',
  box: { left: 0, top: 0, width: 1, height: 1 },
  font: 'anton',
  colour: '#ffffff',
  minSize: 14,
  maxSize: 90,
  maxLines: 3,
  align: 'centre',
  verticalAlign: 'middle',
  upperCase: false,
  rotate: 0,
};
const all = [
  template('cat', 'Cat at the keyboard', ['developer', 'Überstunden']),
  template('rocket', 'Rocket launch', ['deploy', 'ship it'], true),
  template('cake', 'Celebration cake', ['birthday', 'ship']),
];
const found = (query: string, kind: 'all' | 'still' | 'animated' = 'all'): string[] =>
  searchTemplates(all, query, kind).map(({ id }) => id);

describe('looking for a template', () => {
  it('finds words by their beginning, in the name and in what people mean by it', () => {
    expect(found('key')).toEqual(['cat']);
    expect(found('ship')).toEqual(['rocket', 'cake']);
    expect(found('board')).toEqual([]);
  });

  it('finds what is written in the example', () => {
    const written = { ...template('chat', 'A chat', []), captions: [{ ...box, example: 'Define “done”' }] };
    expect(searchTemplates([...all, written], 'done', 'all')).toEqual([written]);
  });

  it('wants every word, in any order', () => {
    expect(found('it ship')).toEqual(['rocket']);
    expect(found('ship birthday')).toEqual(['cake']);
  });

  it('minds neither case, accents nor punctuation', () => {
    expect(found(' UBERSTUNDEN! ')).toEqual(['cat']);
  });

  it('finds everything when nothing is wanted, of one kind if asked for', () => {
    expect(found('')).toEqual(['cat', 'rocket', 'cake']);
    expect(found('', 'animated')).toEqual(['rocket']);
    expect(found('ship', 'still')).toEqual(['cake']);
  });
});
