import { describe, expect, it } from 'vitest';
import { checkDrawing } from '../../../tools/templates/check-drawing.ts';

const size = { width: 200, height: 100 };
const drawing = (inside: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100"><defs><linearGradient id="a"/></defs>${inside}</svg>`;

describe('A drawing', () => {
  it('may refer to its own parts', () => {
    expect(checkDrawing(drawing('<path fill="url(#a)"/><use href="#b"/>'), size)).toEqual([]);
  });

  it.each([
    ['a script', '<script>1</script>', 'It contains a script: leave it out.'],
    ['an event handler', '<g onload="x()"/>', 'It contains an event handler: leave it out.'],
    [
      'pixels',
      '<image href="data:image/png;base64,AA=="/>',
      'It contains a picture made of pixels: draw it.',
    ],
    ['text', '<text x="1">Hi</text>', expect.stringMatching(/^It contains text, .* make it a caption\.$/u)],
    ['HTML', '<foreignObject/>', expect.stringMatching(/^It contains text/u)],
    ['its own animation', '<animate attributeName="x"/>', 'It animates itself: use {{names}} and tracks.'],
    ['a style sheet', '<style>@import "x.css";</style>', expect.stringMatching(/style sheet or a font/u)],
    ['a document type', '<!DOCTYPE svg>', 'It declares a document type: leave it out.'],
  ])('may not have %s', (_what, inside, problem) => {
    expect(checkDrawing(drawing(inside), size)).toContainEqual(problem);
  });

  it.each(['https://example.com/a.svg', 'other.svg#part', 'data:image/svg+xml,x'])(
    'may not refer to %s',
    (target) => {
      const problem = `It refers to “${target}” outside of itself, which is not read: embed it.`;
      expect(checkDrawing(drawing(`<use href="${target}"/>`), size)).toEqual([problem]);
      expect(checkDrawing(drawing(`<path fill="url('${target}')"/>`), size)).toEqual([problem]);
    },
  );

  it('says nothing about comments', () => {
    expect(checkDrawing(drawing('<!-- no <script> here -->'), size)).toEqual([]);
  });

  it('has the shape of its template', () => {
    expect(checkDrawing(drawing(''), { width: 200, height: 150 })).toEqual([
      'Its viewBox is 200 × 100, but the template is 200 × 150: it would be stretched.',
    ]);
    expect(checkDrawing('<svg xmlns="http://www.w3.org/2000/svg"/>', size)).toEqual(['It has no viewBox.']);
  });
});
