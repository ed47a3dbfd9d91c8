import { generateKeyPairSync, sign } from 'node:crypto';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ArchivedEvent } from '../../../../../functions/contracts/deployment-event.ts';
import type { ArchiveLine, HeadStore } from '../../../../../functions/deployments/domain/audit/ports.ts';
import { signHeads } from '../../../../../functions/deployments/domain/audit/sign-heads.ts';
import {
  type ChainProblem,
  verifyChain,
} from '../../../../../functions/deployments/domain/audit/verify-chain.ts';
import { verifyHeads } from '../../../../../functions/deployments/domain/audit/verify-heads.ts';
import { chainStart, headOf, linkTo } from '../../../../../functions/deployments/domain/chain.ts';
import { record } from '../../../../../functions/deployments/domain/record.ts';
import { each, FakeHeads } from '../../fake-heads.ts';
import { anEvent, FakeWorld } from '../../fakes.ts';

let world: FakeWorld;
let heads: FakeHeads;
beforeEach(() => {
  world = new FakeWorld();
  heads = new FakeHeads();
});

const signAll = (): Promise<number> => heads.sign(world);

const send = (...ids: string[]): Promise<void> =>
  record(
    world.process(),
    'shop',
    ids.map((id) => anEvent(id)),
  );

const always = { fromMs: Number.NEGATIVE_INFINITY, toMs: Number.POSITIVE_INFINITY };

/** Verifies the chain with what lies in the archive now. */
async function problemOf(
  records: readonly (ArchivedEvent | string)[],
  span = always,
): Promise<ChainProblem | undefined> {
  const lines = records.map((each, index): ArchiveLine => {
    const text = typeof each === 'string' ? each : JSON.stringify(each);
    return { key: `chains/shop/${index + 1}`, place: index + 1, text };
  });
  const { places } = await verifyHeads(each(heads.stored), heads.publicKey);
  return (await verifyChain('shop', each(lines), places.get('shop') ?? new Map(), span)).problem;
}

const chain = (): readonly ArchivedEvent[] => world.chains.get('shop') ?? [];

const changed = (record: ArchivedEvent, artifactId: string): ArchivedEvent => ({
  ...record,
  event: {
    ...record.event,
    subject: { ...record.event.subject, content: { ...record.event.subject.content, artifactId } },
  },
});

describe('the audit of a chain', () => {
  beforeEach(async () => {
    await send('a', 'b', 'c', 'd');
    await signAll();
    await send('e');
  });

  it('finds nothing in one that is whole', async () => {
    expect(await problemOf(chain())).toBeUndefined();
  });

  it('tells how many records are younger than the last signed head', async () => {
    const lines = chain().map((each, index) => ({
      key: '',
      place: index + 1,
      text: JSON.stringify(each),
    }));
    const { places } = await verifyHeads(heads.store.read(), heads.publicKey);
    expect(await verifyChain('shop', each(lines), places.get('shop') ?? new Map(), always)).toEqual({
      records: 5,
      unsigned: 1,
      problem: undefined,
    });
  });

  it('finds a record that was changed', async () => {
    const tampered = chain().map((each, index) => (index === 2 ? changed(each, 'pkg:oci/evil') : each));
    expect(await problemOf(tampered)).toMatchObject({
      place: 3,
      reason: expect.stringContaining('its hash'),
    });
  });

  it.each(['received', 'original'] as const)(
    'finds what was added to %s, which no schema knows',
    async (part) => {
      const [first, second, ...rest] = chain();
      const more = { ...second, [part]: { contentType: 'x', body: 'y', ...second?.[part], added: true } };
      const tampered = [JSON.stringify(first), JSON.stringify(more), ...rest];
      expect((await problemOf(tampered))?.place).toBe(2);
    },
  );

  it('finds a record that is gone', async () => {
    expect(await problemOf(chain().filter((_, index) => index !== 1))).toMatchObject({ place: 2 });
  });

  it('finds records that changed places', async () => {
    const [a, b, c, ...rest] = chain();
    expect(await problemOf([a, c, b, ...rest].flatMap((each) => each ?? []))).toMatchObject({ place: 2 });
  });

  it('finds that the end is gone, as far as it was signed', async () => {
    expect(await problemOf(chain().slice(0, 3))).toMatchObject({
      place: 4,
      key: undefined,
      reason: 'the chain ends before it, and was signed up to number 4',
    });
    expect(await problemOf([])).toMatchObject({ place: 1 });
  });

  it('finds a chain that was made anew from where it was changed', async () => {
    let head = chainStart;
    const forged = chain().map((each, index) => {
      const {
        sequence: _sequence,
        previous: _previous,
        hash: _hash,
        ...event
      } = index === 1 ? changed(each, 'pkg:oci/evil') : each;
      const linked = linkTo(head, event);
      head = headOf(linked);
      return linked;
    });
    expect(await problemOf(forged)).toMatchObject({
      place: 4,
      reason: 'another record was signed in its place',
    });
  });

  it('finds what is no record', async () => {
    expect(await problemOf([...chain(), '{"half": '])).toMatchObject({ place: 6 });
  });

  it('looks at a span of time only when asked to', async () => {
    const tampered = chain().map((each, index) => (index === 2 ? changed(each, 'pkg:oci/evil') : each));
    expect(await problemOf(tampered, { ...always, fromMs: Date.parse('2027-01-01') })).toBeUndefined();
  });

  it('finds any one character that was changed', async () => {
    const texts = chain().map((each) => JSON.stringify(each));
    await fc.assert(
      fc.asyncProperty(fc.nat(4), fc.nat(), fc.constantFrom(...'0az'), async (index, at, character) => {
        const text = texts[index] ?? '';
        const place = at % text.length;
        fc.pre(text.charAt(place) !== character);
        const forged = texts.with(index, `${text.slice(0, place)}${character}${text.slice(place + 1)}`);
        expect(await problemOf(forged)).toBeDefined();
      }),
      { numRuns: 200 },
    );
  });
});

describe('signed heads', () => {
  beforeEach(async () => {
    await send('a');
    await signAll();
    await send('b');
    await signAll();
    await send('c');
    await signAll();
  });

  it('are signed once for what has grown', async () => {
    expect(heads.stored.map(({ statement }) => statement.heads)).toEqual([
      [{ service: 'shop', sequence: 1, hash: chain()[0]?.hash }],
      [{ service: 'shop', sequence: 2, hash: chain()[1]?.hash }],
      [{ service: 'shop', sequence: 3, hash: chain()[2]?.hash }],
    ]);
    expect(await signAll()).toBe(0);
    expect(heads.stored).toHaveLength(3);
  });

  it('are believed when each is signed and names the one before it', async () => {
    expect(await verifyHeads(heads.store.read(), heads.publicKey)).toMatchObject({
      statements: 3,
      problem: undefined,
    });
  });

  it.each([
    ['is gone', () => heads.stored.toSpliced(1, 1), 'number 2 are missing'],
    [
      'was signed by another',
      () => {
        const [first] = heads.stored;
        const other = generateKeyPairSync('ed25519').privateKey;
        return first === undefined
          ? []
          : [{ ...first, signature: sign(null, Buffer.from('x'), other).toString('base64') }];
      },
      'signature of signed heads number 1',
    ],
    [
      'was changed',
      () =>
        heads.stored.map((each, index) =>
          index === 1 ? { ...each, statement: { ...each.statement, at: '2026-01-01T00:00:00.000Z' } } : each,
        ),
      'signature of signed heads number 2',
    ],
    ['is something else', () => ['heads'], 'not of their shape'],
  ])('are not, when one %s', async (_, forge: () => readonly unknown[], problem) => {
    expect((await verifyHeads(each(forge()), heads.publicKey)).problem).toContain(problem);
  });

  it('stay on the list when the signature cannot be kept', async () => {
    await send('d');
    const [first] = heads.stored;
    const taken: HeadStore = { ...heads.store, last: async () => first };
    await expect(
      signHeads({
        archive: world.archive,
        unsigned: world.list(world.unsigned),
        signer: heads.signer,
        store: taken,
        clock: () => heads.now,
      }),
    ).rejects.toThrow('Somebody else has signed heads number 2');
    expect([...world.unsigned]).toEqual(['shop']);
  });
});
