import { describe, expect, it } from 'vitest';
import type { Picture } from '../../../../../functions/kernel/drawing/canvas.ts';
import type {
  PlannedLook,
  PlannedOverlay,
  PlannedStep,
} from '../../../../../functions/studio/domain/plan.ts';
import { frameOf, paintAll, paintOne, planOf, probedAs, uploadOf } from './plans.ts';
import { paint, photo, picture, pixelAt } from './test-pictures.ts';

const red = [220, 40, 40] as const;
const green = [40, 180, 60] as const;
const blue = [40, 70, 210] as const;
const yellow = [235, 200, 40] as const;
/** Red, green, blue and yellow quarters, row by row. */
const quarters = (width = 80, height = 60): Picture =>
  picture(
    paint(width, height, (x, y) =>
      y < height / 2 ? (x < width / 2 ? red : green) : x < width / 2 ? blue : yellow,
    ),
    width,
  );
const flat = (colour: readonly [number, number, number, number?], width = 80, height = 60): Picture =>
  picture(
    paint(width, height, () => colour),
    width,
  );

/** What is in the middle of the quarters of what is painted. */
async function quartersAfter(steps: readonly PlannedStep[]): Promise<(string | number[])[]> {
  const { width = 80, height = 60 } = steps.at(-1) ?? {};
  const painted = await paintOne(planOf(width, height, { sources: [uploadOf(80, 60, steps)] }), quarters());
  const names = Object.entries({ red, green, blue, yellow });
  return [
    [0.25, 0.25],
    [0.75, 0.25],
    [0.25, 0.75],
    [0.75, 0.75],
  ].map(([x = 0, y = 0]) => {
    const pixel = pixelAt(painted, Math.floor(x * width), Math.floor(y * height));
    const found = names.find(([, colour]) =>
      colour.every((value, at) => Math.abs(value - (pixel[at] ?? 0)) < 8),
    );
    return found?.[0] ?? pixel;
  });
}

describe('geometry', () => {
  it.each([
    ['as it is', [], ['red', 'green', 'blue', 'yellow']],
    [
      'a quarter turn',
      [{ op: 'turn', degrees: 90, width: 60, height: 80 }],
      ['blue', 'red', 'yellow', 'green'],
    ],
    [
      'a half turn',
      [{ op: 'turn', degrees: 180, width: 80, height: 60 }],
      ['yellow', 'blue', 'green', 'red'],
    ],
    [
      'three quarters',
      [{ op: 'turn', degrees: 270, width: 60, height: 80 }],
      ['green', 'yellow', 'red', 'blue'],
    ],
    [
      'mirrored',
      [{ op: 'flip', axis: 'horizontal', width: 80, height: 60 }],
      ['green', 'red', 'yellow', 'blue'],
    ],
    [
      'upside down',
      [{ op: 'flip', axis: 'vertical', width: 80, height: 60 }],
      ['blue', 'yellow', 'red', 'green'],
    ],
    [
      'cut',
      [{ op: 'crop', left: 40, top: 0, width: 40, height: 60 }],
      ['green', 'green', 'yellow', 'yellow'],
    ],
    ['stretched', [{ op: 'resize', width: 300, height: 31 }], ['red', 'green', 'blue', 'yellow']],
    [
      'cut, turned and made smaller',
      [
        { op: 'crop', left: 0, top: 0, width: 80, height: 30 },
        { op: 'turn', degrees: 90, width: 30, height: 80 },
        { op: 'resize', width: 15, height: 40 },
      ],
      ['red', 'red', 'green', 'green'],
    ],
  ] satisfies [string, PlannedStep[], string[]][])('is done: %s', async (_name, steps, expected) => {
    expect(await quartersAfter(steps)).toEqual(expected);
  });

  it('turns by any angle, on a canvas of exactly the planned size, with smooth edges on the background', async () => {
    const size = { width: 100, height: 92 };
    const turned = await paintOne(
      planOf(100, 92, {
        sources: [uploadOf(80, 60, [{ op: 'rotate', degrees: 30, background: '#00000000', ...size }])],
      }),
      quarters(),
    );
    expect(
      pixelAt(turned, 50, 20)
        .slice(0, 3)
        .every((value, at) => Math.abs(value - (red[at] ?? 0)) < 90),
    ).toBe(true);
    expect(pixelAt(turned, 1, 1)[3]).toBe(0);
    expect(pixelAt(turned, 50, 46)[3]).toBe(255);
    const alphas = new Set(turned.data.filter((_, at) => at % 4 === 3));
    expect(alphas.size).toBeGreaterThan(20);
    const onWhite = await paintOne(
      planOf(100, 92, {
        sources: [uploadOf(80, 60, [{ op: 'rotate', degrees: 30, background: '#ffffff', ...size }])],
      }),
      quarters(),
    );
    expect(onWhite.channels).toBe(3);
    expect(pixelAt(onWhite, 1, 1)).toEqual([255, 255, 255]);
  });

  it('pads around what is seen through, not under it', async () => {
    const steps: PlannedStep[] = [{ op: 'pad', left: 10, top: 5, width: 100, height: 80, colour: '#00ff00' }];
    const padded = await paintOne(
      planOf(100, 80, { sources: [uploadOf(80, 60, steps)] }),
      flat([9, 9, 9, 0]),
    );
    expect(pixelAt(padded, 3, 3)).toEqual([0, 255, 0, 255]);
    expect(pixelAt(padded, 50, 30)[3]).toBe(0);
    expect(pixelAt(padded, 95, 79)).toEqual([0, 255, 0, 255]);
  });

  it('finds where there is most to see once, and keeps to it', async () => {
    const steps: PlannedStep[] = [{ op: 'crop-to-attention', width: 60, height: 60 }];
    const spot = (left: number): Picture =>
      picture(
        paint(240, 60, (x, y) => (Math.hypot(x - left, y - 30) < 14 ? [250, 90, 40] : [128, 128, 128])),
        240,
      );
    const plan = planOf(60, 60, {
      sources: [uploadOf(240, 60, steps)],
      frames: [frameOf(), frameOf({ sources: [{ source: 0, frame: 1, weight: 1 }] })],
    });
    const { pictures } = await paintAll(plan, (_source, frame) => spot(frame === 0 ? 200 : 40));
    const isThere = pictures.map(({ data }) => data.some((value, at) => at % 3 === 0 && value > 220));
    expect(isThere).toEqual([true, false]);
  });
});

describe('looks', () => {
  const after = async (
    looks: readonly PlannedLook[],
    colour: readonly [number, number, number, number?],
  ): Promise<number[]> => pixelAt(await paintOne(planOf(80, 60, { looks }), flat(colour)), 40, 30);

  it.each([
    [{ look: 'grayscale' }, [200, 100, 50], [118, 118, 118]],
    [{ look: 'sepia' }, [100, 100, 100], [135, 120, 94]],
    [{ look: 'invert' }, [200, 100, 50], [55, 155, 205]],
    [{ look: 'brightness', amount: 1.5 }, [100, 40, 200], [150, 60, 255]],
    [{ look: 'brightness', amount: 1 }, [100, 40, 200], [100, 40, 200]],
    [{ look: 'contrast', amount: 2 }, [100, 128, 250], [73, 129, 255]],
    [{ look: 'contrast', amount: 0 }, [100, 40, 250], [128, 128, 128]],
    [{ look: 'saturation', amount: 0 }, [200, 100, 50], [118, 118, 118]],
    [{ look: 'saturation', amount: 1 }, [200, 100, 50], [200, 100, 50]],
    [{ look: 'hue', degrees: 0 }, [200, 100, 50], [200, 100, 50]],
    [{ look: 'hue', degrees: 360 }, [200, 100, 50], [200, 100, 50]],
    [{ look: 'tint', colour: '#ff000000' }, [200, 100, 50], [200, 100, 50]],
    [{ look: 'blur', amount: 5 }, [200, 100, 50], [200, 100, 50]],
    [{ look: 'sharpen', amount: 2 }, [200, 100, 50], [200, 100, 50]],
    [{ look: 'vignette', amount: 1 }, [200, 100, 50], [200, 100, 50]],
  ] satisfies [PlannedLook, [number, number, number], number[]][])(
    'are exact: %j',
    async (look, colour, expected) => {
      const found = await after([look], colour);
      for (const [at, value] of expected.entries()) {
        expect(Math.abs((found[at] ?? -9) - value), found.join()).toBeLessThanOrEqual(1);
      }
    },
  );

  it('come in their order', async () => {
    const one = await after([{ look: 'invert' }, { look: 'brightness', amount: 2 }], [200, 200, 200]);
    const other = await after([{ look: 'brightness', amount: 2 }, { look: 'invert' }], [200, 200, 200]);
    expect([one, other]).toEqual([
      [110, 110, 110],
      [0, 0, 0],
    ]);
  });

  it('leave alone how far something is seen through', async () => {
    const looks: PlannedLook[] = [
      { look: 'sepia' },
      { look: 'sharpen', amount: 1 },
      { look: 'vignette', amount: 0.5 },
      { look: 'deep-fried', amount: 1 },
      { look: 'pixelate', box: { left: 0, top: 0, width: 80, height: 60 }, size: 8 },
    ];
    expect((await after(looks, [200, 100, 50, 90]))[3]).toBe(90);
  });

  it('darken corners, blur edges, tint, and fry', async () => {
    const vignette = await paintOne(
      planOf(80, 60, { looks: [{ look: 'vignette', amount: 0.8 }] }),
      flat([200, 200, 200]),
    );
    expect(pixelAt(vignette, 0, 0)[0]).toBeLessThan(60);
    const blurred = await paintOne(planOf(80, 60, { looks: [{ look: 'blur', amount: 6 }] }), quarters());
    expect(Math.abs((pixelAt(blurred, 40, 10)[0] ?? 0) - (red[0] + green[0]) / 2)).toBeLessThan(20);
    expect(await after([{ look: 'tint', colour: '#0000ff' }], [128, 128, 128])).toSatisfy(
      ([r = 0, , b = 0]: number[]) => b > r + 60,
    );
    const fried = await paintOne(
      planOf(80, 60, { looks: [{ look: 'deep-fried', amount: 1 }] }),
      picture(photo(80, 60), 80),
    );
    expect(fried).toMatchObject({ width: 80, height: 60 });
  });

  it('pixelate a box, also one that reaches over the edge, and nothing around it', async () => {
    const box = { left: 60, top: -10, width: 60, height: 30 };
    const source = picture(photo(80, 60), 80);
    const painted = await paintOne(planOf(80, 60, { looks: [{ look: 'pixelate', box, size: 10 }] }), source);
    expect(pixelAt(painted, 60, 0)).toEqual(pixelAt(painted, 69, 9));
    expect(pixelAt(painted, 79, 19)).toEqual(pixelAt(painted, 70, 10));
    expect(pixelAt(painted, 59, 0)).toEqual(pixelAt(source, 59, 0).slice(0, 3));
    expect(pixelAt(painted, 60, 20)).toEqual(pixelAt(source, 60, 20).slice(0, 3));
  });
});

describe('frames', () => {
  it('fade from one picture into the next', async () => {
    const plan = planOf(80, 60, {
      sources: [uploadOf(80, 60), uploadOf(80, 60)],
      frames: [1, 0.75, 0.5].map((weight) =>
        frameOf({
          sources: [
            { source: 0, frame: 0, weight },
            ...(weight < 1 ? [{ source: 1, frame: 0, weight: 1 - weight }] : []),
          ],
        }),
      ),
    });
    const { pictures } = await paintAll(plan, (source) => flat(source === 0 ? [200, 0, 100] : [0, 100, 100]));
    expect(pictures.map((each) => pixelAt(each, 5, 5))).toEqual([
      [200, 0, 100],
      [150, 25, 100],
      [100, 50, 100],
    ]);
  });

  it('lie on the background where there is one, and are seen through where there is none', async () => {
    const half = flat([200, 100, 0, 128]);
    expect(pixelAt(await paintOne(planOf(80, 60), half), 9, 9)).toEqual([200, 100, 0, 128]);
    const onWhite = await paintOne(planOf(80, 60, { background: '#ffffff' }), half);
    expect(onWhite.channels).toBe(3);
    expect(pixelAt(onWhite, 9, 9)).toEqual([227, 177, 127]);
  });

  it('are colours and gradients without anything being read', async () => {
    const source = { ...uploadOf(80, 60), probed: probedAs(80, 60) };
    const colour = {
      ...source,
      input: { kind: 'colour', colour: '#12345680', width: 80, height: 60 } as const,
    };
    const gradient = {
      ...source,
      input: { kind: 'gradient', from: '#000000', to: '#ffffff', angle: 90, width: 80, height: 60 } as const,
    };
    const none = (): Picture => {
      throw new Error('Something was read');
    };
    expect(pixelAt(await paintOne(planOf(80, 60, { sources: [colour] }), none), 3, 3)).toEqual([
      18, 52, 86, 128,
    ]);
    const ramp = await paintOne(planOf(80, 60, { sources: [gradient] }), none);
    const columns = [0, 20, 40, 60, 79].map((x) => pixelAt(ramp, x, 30)[0] ?? 0);
    for (const [at, value] of [2, 65, 129, 193, 253].entries()) {
      expect(Math.abs((columns[at] ?? 0) - value)).toBeLessThanOrEqual(2);
    }
  });

  it('ask once for what stays, and each have a buffer of their own', async () => {
    const plan = planOf(80, 60, {
      frames: [frameOf(), frameOf(), frameOf({ sources: [{ source: 0, frame: 1, weight: 1 }] })],
    });
    const { pictures, asked } = await paintAll(plan, quarters());
    expect(asked).toEqual(['source 0 0', 'source 0 1']);
    pictures[0]?.data.fill(0);
    expect(pixelAt(pictures[1] ?? quarters(), 5, 5)).toEqual([...red]);
  });

  it('do not keep stills that are shown no more', async () => {
    const plan = planOf(80, 60, {
      sources: [uploadOf(80, 60, [], 'still'), uploadOf(80, 60, [], 'still')],
      frames: [0, 1, 0].map((source) => frameOf({ sources: [{ source, frame: 0, weight: 1 }] })),
    });
    expect((await paintAll(plan, quarters())).asked).toEqual(['source 0 0', 'source 1 0', 'source 0 0']);
  });
});

describe('overlays', () => {
  const overlay = (over: Partial<PlannedOverlay> = {}): PlannedOverlay => ({
    kind: 'overlay',
    index: 0,
    input: { kind: 'sticker', sticker: 'star' },
    probed: probedAs(20, 10),
    box: { left: 20, top: 20, width: 40, height: 40 },
    rotate: 0,
    ...over,
  });
  const on = { layer: 0, opacity: 1, dx: 0, dy: 0, frame: undefined };
  const white = flat([255, 255, 255]);
  const sticker = flat([255, 0, 0], 20, 10);

  it('are as large as fits in their box, in its middle', async () => {
    const plan = planOf(80, 60, { layers: [overlay()], frames: [frameOf({ layers: [on] })] });
    const painted = await paintOne(plan, white, sticker);
    const inside = [
      [20, 30],
      [59, 30],
      [40, 31],
      [40, 48],
    ] as const;
    const outside = [
      [19, 40],
      [60, 40],
      [40, 29],
      [40, 50],
    ] as const;
    expect(inside.map(([x, y]) => pixelAt(painted, x, y))).toEqual(inside.map(() => [255, 0, 0]));
    expect(outside.map(([x, y]) => pixelAt(painted, x, y))).toEqual(outside.map(() => [255, 255, 255]));
  });

  it('turn about their middle', async () => {
    const plan = planOf(80, 60, { layers: [overlay({ rotate: 90 })], frames: [frameOf({ layers: [on] })] });
    const painted = await paintOne(plan, white, sticker);
    expect([pixelAt(painted, 40, 22), pixelAt(painted, 40, 57)]).toEqual([
      [255, 0, 0],
      [255, 0, 0],
    ]);
    expect([pixelAt(painted, 22, 40), pixelAt(painted, 57, 40)]).toEqual([
      [255, 255, 255],
      [255, 255, 255],
    ]);
  });

  it('come and go: seen through, moved, over the edge', async () => {
    const layers = [
      { ...on, opacity: 0.5 },
      { ...on, dx: 35, dy: -25 },
      { ...on, dx: -500 },
    ];
    const plan = planOf(80, 60, {
      layers: [overlay()],
      frames: layers.map((layer) => frameOf({ layers: [layer] })),
    });
    const { pictures, asked } = await paintAll(plan, white, sticker);
    expect(pixelAt(pictures[0] ?? white, 40, 40)).toEqual([255, 127, 127]);
    expect(pixelAt(pictures[1] ?? white, 79, 10)).toEqual([255, 0, 0]);
    expect(pixelAt(pictures[1] ?? white, 40, 40)).toEqual([255, 255, 255]);
    expect(new Set(pictures[2]?.data)).toEqual(new Set([255]));
    expect(asked).toEqual(['source 0 0', 'overlay 0 0']);
  });

  it('move by themselves', async () => {
    const frames = [0, 1, 1, 2].map((frame) => frameOf({ layers: [{ ...on, frame }] }));
    const { pictures, asked } = await paintAll(
      planOf(80, 60, { layers: [overlay()], frames }),
      white,
      (_layer, frame) => flat([frame * 100, 0, 0], 20, 10),
    );
    expect(pictures.map((each) => pixelAt(each, 40, 40)[0])).toEqual([0, 100, 100, 200]);
    expect(asked.filter((each) => each.startsWith('overlay'))).toEqual([
      'overlay 0 0',
      'overlay 0 1',
      'overlay 0 2',
    ]);
  });

  it('are the ground of what lies over them', async () => {
    const second = overlay({ index: 1, box: { left: 0, top: 0, width: 80, height: 60 } });
    const plan = planOf(80, 60, {
      layers: [overlay(), second],
      frames: [frameOf({ layers: [on, { ...on, layer: 1 }] })],
    });
    const painted = await paintOne(plan, white, (layer) => (layer === 0 ? sticker : flat([0, 0, 255], 8, 6)));
    expect(pixelAt(painted, 40, 40)).toEqual([0, 0, 255]);
  });
});

it('names a plan that does not come to its canvas', async () => {
  const plan = planOf(90, 60, { sources: [uploadOf(80, 60)] });
  await expect(paintOne(plan, quarters())).rejects.toThrow('80 × 60');
});
