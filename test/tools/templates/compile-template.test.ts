import { describe, expect, it } from 'vitest';
import { compileTemplate, withExamples } from '../../../tools/templates/compile-template.ts';
import { type MadeTemplate, movement, movingDrawing, plainTemplate, withTemplate } from './made-template.ts';

const compile = (made: MadeTemplate) => withTemplate(made, compileTemplate);
const caption = plainTemplate.captions[0];

/** What is said to be wrong, without the folder. */
const complaints = async (made: MadeTemplate): Promise<string> =>
  compile(made).then(
    () => '',
    (error: Error) => error.message.split('\n').slice(1).join('\n'),
  );

describe('Compiling a template', () => {
  it('draws a still without its captions', async () => {
    const { frames, delaysMs } = await compile({});
    expect(delaysMs).toEqual([]);
    expect(frames.map(({ width, height, channels }) => [width, height, channels])).toEqual([[200, 100, 3]]);
    const pixel = (x: number, y: number) => [
      ...(frames[0]?.data.subarray((y * 200 + x) * 3).subarray(0, 3) ?? []),
    ];
    expect([pixel(100, 50), pixel(5, 5)]).toEqual([
      [0xc0, 0x20, 0x40],
      [0xff, 0xff, 0xff],
    ]);
  });

  it('draws every frame of an animation at its moment', async () => {
    const { frames, delaysMs } = await compile({ template: { animation: movement }, drawing: movingDrawing });
    expect(delaysMs).toEqual([50, 50, 200]);
    const firstRed = frames.map(({ data }) => {
      const row = data.subarray(50 * 200 * 3);
      let x = 0;
      while (row[x * 3 + 1] === 0xff) {
        x += 1;
      }
      return x;
    });
    expect(firstRed).toEqual([30, 45, 60]);
  });

  it('writes the examples into their boxes, on every frame the same', async () => {
    await withTemplate({ template: { animation: movement }, drawing: movingDrawing }, async (folder) => {
      const compiled = await compileTemplate(folder);
      const written = await withExamples(compiled);
      const changed = written.map(({ data }, index) => {
        const rows = new Set<number>();
        for (let at = 0; at < data.length; at += 3) {
          if (data[at] !== compiled.frames[index]?.data[at]) {
            rows.add(Math.floor(at / 3 / 200));
          }
        }
        return [Math.min(...rows), Math.max(...rows)];
      });
      expect(changed[0]?.[0]).toBeGreaterThanOrEqual(20);
      expect(changed[0]?.[1]).toBeLessThan(80);
      expect(changed[1]).toEqual(changed[0]);
    });
  });

  it('paints white what the drawing leaves open', async () => {
    const { frames } = await compile({
      drawing: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100"/>',
    });
    expect(frames[0]?.channels).toBe(3);
    expect(frames[0]?.data.every((value) => value === 255)).toBe(true);
  });
});

describe('A template is refused', () => {
  it('when there is no template.json, or none that can be read', async () => {
    await expect(compileTemplate('nowhere')).rejects.toThrow('There is no template.json in this folder.');
  });

  it.each([
    ['an unknown key', { picturee: 'x' }, /Unrecognized key: "picturee"/u],
    [
      'another id than its folder',
      { id: 'ring' },
      /\/id: The id is “ring”, but the folder is called “disc”/u,
    ],
    [
      'an unknown font',
      { captions: [{ ...caption, font: 'papyrus' }] },
      /\/captions\/0\/font: There is no font “papyrus” among anton, noto-sans/u,
    ],
    [
      'a box beyond the picture',
      { captions: [{ ...caption, box: { left: 0.5, top: 0, width: 0.6, height: 1 } }] },
      /\/captions\/0\/box: The box reaches beyond the picture\./u,
    ],
    [
      'a box turned beyond the picture',
      { captions: [{ ...caption, rotate: 45 }] },
      /\/captions\/0\/box: The box reaches beyond the picture\./u,
    ],
    [
      'an example that does not fit',
      { captions: [{ ...caption, minSize: 400, maxSize: 400 }] },
      /\/captions\/0\/example: “Hello” does not fit/u,
    ],
    [
      'an example that no font has',
      { captions: [{ ...caption, example: 'ᚠᛇ' }] },
      /\/captions\/0\/example: No font has “ᚠ”, “ᛇ”\./u,
    ],
    [
      'sizes the wrong way round',
      { captions: [{ ...caption, minSize: 40, maxSize: 20 }] },
      /\/captions\/0\/maxSize: maxSize \(20\) is smaller than minSize \(40\)/u,
    ],
    ['no caption at all', { captions: [] }, /\/captions/u],
    [
      'tracks without placeholders',
      { animation: movement },
      /\/animation\/tracks\/x: The drawing has no \{\{x\}\}\./u,
    ],
    [
      'delays that GIF cannot have',
      { animation: { ...movement, frames: [{ count: 4, delayMs: 45 }] } },
      /\/animation\/frames\/0\/delayMs/u,
    ],
  ])('for %s', async (_what, template, complaint) => {
    expect(await complaints({ template })).toMatch(complaint);
  });

  it.each([
    [
      'a still with placeholders',
      { drawing: movingDrawing },
      /\/animation: The drawing has \{\{x\}\}, but the template is a still\./u,
    ],
    ['no drawing', { drawing: undefined }, /\/picture: There is no file picture\.svg\./u],
    [
      'a placeholder without a track',
      { template: { animation: { ...movement, tracks: {} } }, drawing: movingDrawing },
      /but there is no such track/u,
    ],
    [
      'a single frame',
      {
        template: { animation: { ...movement, frames: [{ count: 1, delayMs: 100 }] } },
        drawing: movingDrawing,
      },
      /An animation has 2 to 120 frames, not 1\./u,
    ],
    [
      'a wave that jumps',
      {
        template: {
          animation: { ...movement, tracks: { x: { kind: 'wave', low: 0, high: 9, periodMs: 70 } } },
        },
        drawing: movingDrawing,
      },
      /\/animation\/tracks\/x\/periodMs: It jumps where the animation begins again: 300 ms are not whole periods\./u,
    ],
    [
      'times that go back',
      {
        template: {
          animation: {
            ...movement,
            tracks: {
              x: {
                kind: 'keys',
                keys: [
                  [9, 0],
                  [3, 1],
                ],
              },
            },
          },
        },
        drawing: movingDrawing,
      },
      /\/animation\/tracks\/x\/keys: Its times do not ascend\./u,
    ],
  ])('for %s', async (_what, made, complaint) => {
    expect(await complaints(made)).toMatch(complaint);
  });

  it('for everything that is wrong, at once', async () => {
    const said = await complaints({
      template: { id: 'ring', captions: [{ ...caption, font: 'papyrus' }] },
      drawing: '<svg viewBox="0 0 200 100"><script/></svg>',
    });
    expect(said.split('\n')).toHaveLength(3);
  });
});
