import { describe, expect, it } from 'vitest';
import type { SiteAnswer } from '../../../../functions/console/domain/ports.ts';
import { visitSite } from '../../../../functions/console/domain/visit-site.ts';

const answers: Readonly<Record<string, Omit<SiteAnswer, 'address'>>> = {
  'https://fanfare.example.com/': { status: 200, contentType: 'text/html', body: '<script src="/a.js">' },
  'https://fanfare.example.com/a.js': { status: 200, contentType: 'text/javascript', body: '' },
};

/** A site each answer of which takes so many milliseconds. */
function slowSite(eachMs: number) {
  const time = { now: 1000 };
  const asked: [string, number][] = [];
  return {
    asked,
    clock: () => time.now,
    site: {
      get: async (address: string, withinMs: number): Promise<SiteAnswer> => {
        asked.push([address, withinMs]);
        time.now += eachMs;
        return { address, ...(answers[address] ?? { status: 404, contentType: '', body: '' }) };
      },
    },
  };
}

describe('a visit', () => {
  it('loads the page and its script, and tells how long that took', async () => {
    const world = slowSite(150);
    expect(await visitSite(world, 'https://fanfare.example.com')).toBe(300);
    expect(world.asked.map(([address]) => address)).toEqual(Object.keys(answers));
  });

  it('leaves the script only the time that the page has not taken', async () => {
    const world = slowSite(1800);
    await visitSite(world, 'https://fanfare.example.com');
    expect(world.asked.map(([, within]) => within)).toEqual([5000, 3200]);
  });

  it('fails at the first thing that is broken', async () => {
    const world = slowSite(10);
    await expect(visitSite(world, 'https://elsewhere.example.com')).rejects.toThrow('404');
    expect(world.asked).toHaveLength(1);
  });
});
