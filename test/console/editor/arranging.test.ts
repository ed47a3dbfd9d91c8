import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../eventually.ts';
import { EditorVisits } from './editor-visits.ts';
import { boxOf, drag, middleOf, withText } from './hands.ts';

let visits: EditorVisits;
beforeAll(async () => {
  visits = await EditorVisits.start();
});
afterAll(async () => {
  await visits[Symbol.asyncDispose]();
});

describe('the timeline', () => {
  it('shows each frame’s own delay', async () => {
    await using visit = await visits.visit('gif');
    const cells = visit.page.locator('.ed-cell');
    expect(await cells.count()).toBe(12);
    expect((await cells.allTextContents()).slice(0, 4)).toEqual(['120', '80', '80', '200']);
    await visit.page.getByRole('img', { name: '12 frames, 80 to 400 ms' }).waitFor();
  });

  it('trims the clip with its handles, by hand and by keys', async () => {
    await using visit = await visits.visit('gif');
    const { page } = visit;
    const strip = await boxOf(page.locator('.ed-strip'));
    const end = page.getByRole('slider', { name: 'The clip ends at' });
    const from = await middleOf(end);
    await drag(page, from, { x: from.x - strip.width / 2, y: from.y });
    await eventually(async () => (await visit.recipe()).timeline?.trim?.toMs ?? 0).toBeGreaterThan(700);
    const toMs = (await visit.recipe()).timeline?.trim?.toMs ?? 0;
    expect(toMs).toBeLessThan(1000);
    await end.focus();
    await page.keyboard.press('Shift+ArrowLeft');
    await eventually(async () => (await visit.recipe()).timeline?.trim?.toMs).toBe(toMs - 100);
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('button', { name: 'Undo' }).click();
    await eventually(async () => (await visit.recipe()).timeline).toBe(undefined);
  });

  it('says when a caption comes, goes and fades with its bar', async () => {
    await using visit = await visits.visit('gif');
    const { page } = visit;
    await withText(page, 'hey');
    const tracks = await boxOf(page.locator('.ed-tracks'));
    const comes = page.getByRole('slider', { name: 'Text “hey” comes at' });
    const from = await middleOf(comes);
    await drag(page, from, { x: tracks.x + tracks.width / 2, y: from.y });
    await eventually(async () => (await visit.recipe()).captions?.[0]?.fromMs ?? 0).toBeGreaterThan(700);
    await page.getByRole('slider', { name: 'Text “hey” fades for' }).focus();
    await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('Shift+ArrowRight');
    await eventually(async () => (await visit.recipe()).captions?.[0]?.fadeMs).toBe(200);
    const goes = page.getByRole('slider', { name: 'Text “hey” goes at' });
    await goes.focus();
    await page.keyboard.press('Shift+ArrowLeft');
    await eventually(async () => (await visit.recipe()).captions?.[0]?.toMs).toBe(1600);
  });

  it('plays at the real rate, stops, and is scrubbed frame by frame', async () => {
    await using visit = await visits.visit('gif');
    const { page } = visit;
    const clock = page.getByRole('timer', { name: 'Moment' });
    const reading = async (): Promise<number> => {
      const [, minutes = '0', seconds = '0'] = /^(\d+):([\d.]+)/u.exec(await clock.innerText()) ?? [];
      return Number(minutes) * 60_000 + Number(seconds) * 1000;
    };
    await page.getByRole('button', { name: 'Play' }).click();
    const rate = await page.evaluate(async () => {
      const read = (): number => {
        const [, , seconds = '0'] =
          /^(\d+):([\d.]+)/u.exec(document.querySelector('.ed-clock')?.textContent ?? '') ?? [];
        return Number(seconds) * 1000;
      };
      const frame = () => new Promise(requestAnimationFrame);
      // Counted over half a round, so that it does not begin again between.
      while (read() > 200) {
        await frame();
      }
      const [began, at] = [performance.now(), read()];
      while (read() < 900 && read() >= at) {
        await frame();
      }
      return (read() - at) / (performance.now() - began);
    });
    expect(rate).toBeGreaterThan(0.7);
    expect(rate).toBeLessThan(1.3);
    await page.getByRole('button', { name: 'Pause' }).click();
    const ruler = page.getByRole('slider', { name: 'Moment that is shown' });
    await ruler.focus();
    await page.keyboard.press('Home');
    await eventually(reading).toBe(0);
    await page.keyboard.press('ArrowRight');
    await eventually(reading).toBe(120);
    await page.keyboard.press('ArrowRight');
    await eventually(reading).toBe(200);
    const { x, y, width } = await boxOf(ruler);
    await drag(page, { x: x + 2, y: y + 20 }, { x: x + width / 2, y: y + 20 });
    await eventually(reading).toBeGreaterThan(800);
    await eventually(reading).toBeLessThan(900);
  });

  it('makes a still an animation in which the texts come one after the other', async () => {
    await using visit = await visits.visit('photo');
    const { page } = visit;
    await withText(page, 'wait for it');
    await page.getByRole('button', { name: 'Time', exact: true }).click();
    await page.getByRole('button', { name: 'Let the texts appear' }).click();
    await page.getByRole('region', { name: 'Timeline' }).waitFor();
    expect((await visit.recipe()).output.format).toBe('gif');
  });
});

describe('the panels', () => {
  it('put looks on and off, as strong as wanted', async () => {
    await using visit = await visits.visit('photo');
    const { page } = visit;
    await page.getByRole('button', { name: 'Looks' }).click();
    await page.getByRole('button', { name: 'Vignette' }).click();
    await page.getByRole('button', { name: 'Sepia' }).click();
    await page.getByRole('button', { name: 'Vignette' }).click();
    await page.getByRole('spinbutton', { name: 'Strength, as a number' }).fill('30');
    await page.keyboard.press('Tab');
    await eventually(async () => (await visit.recipe()).looks).toEqual([
      { look: 'vignette', amount: 0.3 },
      { look: 'sepia' },
    ]);
    await page.getByRole('button', { name: 'Remove', exact: true }).click();
    await eventually(async () => (await visit.recipe()).looks).toEqual([{ look: 'sepia' }]);
  });

  it('cut the picture to a shape that is dragged where it is wanted', async () => {
    await using visit = await visits.visit('photo');
    const { page } = visit;
    await page.getByRole('button', { name: 'Crop' }).click();
    await page.getByRole('radio', { name: 'Square 1:1' }).check();
    await eventually(async () => (await visit.recipe()).geometry).toEqual([
      { op: 'crop', to: { left: 0.125, top: 0, width: 0.75, height: 1 } },
    ]);
    const middle = await middleOf(page.locator('.ed-crop'));
    await drag(page, middle, { x: middle.x - 400, y: middle.y });
    await eventually(async () => (await visit.recipe()).geometry).toEqual([
      { op: 'crop', to: { left: 0, top: 0, width: 0.75, height: 1 } },
    ]);
    await page.getByRole('button', { name: 'Turn right' }).click();
    await eventually(async () => (await visit.recipe()).geometry).toEqual([
      { op: 'rotate', degrees: 90 },
      { op: 'crop', to: { left: 0, top: 0, width: 1, height: 0.75 } },
    ]);
    await page.getByRole('radio', { name: 'All of it' }).check();
    await eventually(async () => (await visit.recipe()).geometry).toEqual([{ op: 'rotate', degrees: 90 }]);
  });

  it('choose a format, with an estimate of what comes out', async () => {
    await using visit = await visits.visit('gif');
    const { page } = visit;
    await page.getByRole('button', { name: 'Format' }).click();
    await page.getByText('1.7 s, 12 frames').waitFor();
    await page
      .locator('.ed-estimate dd')
      .filter({ hasText: /^≈ \d+ kB$/u })
      .waitFor();
    await page.getByRole('radio', { name: 'MP4' }).check();
    await page.getByRole('radio', { name: '5 MB', exact: true }).check();
    await page.getByRole('radio', { name: '320' }).check();
    await eventually(async () => (await visit.recipe()).output).toEqual({
      format: 'mp4',
      maxBytes: 5_000_000,
      width: 320,
    });
    await page.getByText('320 × 240').waitFor();
    await page.getByRole('radio', { name: 'One moment' }).check();
    await eventually(async () => (await visit.recipe()).output.format).toBe('jpeg');
    await page.getByRole('spinbutton', { name: 'Which moment, as a number' }).fill('0.9');
    await page.keyboard.press('Tab');
    await eventually(async () => (await visit.recipe()).output.stillAtMs).toBe(900);
    expect(visit.complaints).toEqual([]);
  });

  it('make what comes and goes move, and take it back in one step', async () => {
    await using visit = await visits.visit('photo');
    const { page } = visit;
    await withText(page, 'hey');
    await page.getByText('When it is seen').click();
    await page.getByRole('spinbutton', { name: 'From' }).fill('0.5');
    await page.keyboard.press('Tab');
    await page.getByRole('region', { name: 'Timeline' }).waitFor();
    await eventually(async () => (await visit.recipe()).output.format).toBe('gif');
    await page.getByRole('button', { name: 'Undo' }).click();
    await eventually(async () => (await visit.recipe()).output.format).toBe('jpeg');
  });

  it('lay pictures over it that are dropped, and say so when one is none', async () => {
    await using visit = await visits.visit('photo');
    const { page } = visit;
    await page.evaluate(async () => {
      const canvas = new OffscreenCanvas(40, 20);
      canvas.getContext('2d')?.fillRect(0, 0, 40, 20);
      const hand = (...files: readonly File[]): void => {
        const dataTransfer = new DataTransfer();
        files.forEach((file) => dataTransfer.items.add(file));
        document.body.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer }));
      };
      const dot = await canvas.convertToBlob();
      hand(
        new File([dot], 'dot.png', { type: 'image/png' }),
        new File([dot], 'dash.png', { type: 'image/png' }),
      );
      hand(new File(['no'], 'no.png', { type: 'image/png' }));
    });
    await page.getByRole('alert').filter({ hasText: '“no.png” is not a picture' }).waitFor();
    const { overlays = [] } = await visit.recipe();
    expect(overlays.map(({ source }) => source)).toEqual([
      { kind: 'upload', upload: 'local:4' },
      { kind: 'upload', upload: 'local:5' },
    ]);
    const [overlay, other] = overlays;
    expect(other?.box.left).not.toBe(overlay?.box.left);
    // Twice as wide as high, on a picture that is 1200 × 900.
    expect(((overlay?.box.width ?? 0) * 1200) / ((overlay?.box.height ?? 1) * 900)).toBeCloseTo(2, 1);
  });

  it('say at the control what stands in the way, and lead there', async () => {
    await using visit = await visits.visit('gif');
    const { page } = visit;
    await withText(page, 'hey');
    await page.getByText('When it is seen').click();
    await page.getByRole('spinbutton', { name: 'From' }).fill('9');
    await page.keyboard.press('Tab');
    await page.locator('.ed-panel .problem').filter({ hasText: 'Everything ends after' }).waitFor();
    await page.getByRole('button', { name: 'Looks' }).click();
    await page.getByRole('button', { name: 'Show me' }).click();
    await page.getByRole('heading', { name: 'Text', exact: true }).waitFor();
  });

  it('order the slides of a slideshow and say how long each is shown', async () => {
    await using visit = await visits.visit('slides');
    const { page } = visit;
    await page.getByRole('button', { name: 'Time', exact: true }).click();
    await page.getByRole('button', { name: 'Move slide 2 up' }).click();
    await page.getByRole('spinbutton', { name: 'Slide 1' }).fill('3.5');
    await page.keyboard.press('Tab');
    await eventually(async () => (await visit.recipe()).source).toMatchObject({
      slides: [
        { upload: 'local:3', durationMs: 3500 },
        { upload: 'local:1', durationMs: 2000 },
      ],
    });
  });
});
