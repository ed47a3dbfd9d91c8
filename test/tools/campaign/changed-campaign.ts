import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

const original = path.join(import.meta.dirname, '../../fixtures/campaigns/test-card');

/** What to put where: values by JSON Pointer; `undefined` takes away. */
export type Changes = Readonly<Record<string, unknown>>;

/** Gives a copy of the test card with changes in its campaign.json (and further files) to `work`, and takes it away afterwards. */
export async function withChangedCampaign<T>(
  changes: Changes,
  work: (folder: string) => Promise<T>,
  files: Readonly<Record<string, string | Uint8Array>> = {},
): Promise<T> {
  const parent = await mkdtemp(path.join(tmpdir(), 'fanfare-campaign-'));
  try {
    const folder = path.join(parent, 'test-card');
    await cp(original, folder, { recursive: true });
    const campaign: unknown = JSON.parse(await readFile(path.join(folder, 'campaign.json'), 'utf8'));
    for (const [pointer, value] of Object.entries(changes)) {
      change(campaign, pointer.split('/').slice(1), value);
    }
    await writeFile(path.join(folder, 'campaign.json'), JSON.stringify(campaign));
    for (const [name, content] of Object.entries(files)) {
      await writeFile(path.join(folder, name), content);
    }
    return await work(folder);
  } finally {
    await rm(parent, { recursive: true });
  }
}

function change(target: unknown, [step = '', ...rest]: readonly string[], value: unknown): void {
  if (typeof target !== 'object' || target === null) {
    throw new Error(`There is nothing at ${step}`);
  }
  if (rest.length > 0) {
    change(Reflect.get(target, step), rest, value);
  } else if (value === undefined) {
    Reflect.deleteProperty(target, step);
  } else {
    Reflect.set(target, step, value);
  }
}
