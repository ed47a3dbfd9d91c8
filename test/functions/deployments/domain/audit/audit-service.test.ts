import { generateKeyPairSync, sign } from 'node:crypto';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ArchivedEvent } from '../../../../../functions/contracts/deployment-event.ts';
import { type ServiceAudit, serviceAudit } from '../../../../../functions/contracts/service-audit.ts';
import type { SignedHeads } from '../../../../../functions/contracts/signed-heads.ts';
import { decodePosition } from '../../../../../functions/deployments/domain/audit/audit-position.ts';
import { auditService } from '../../../../../functions/deployments/domain/audit/audit-service.ts';
import { signHeads } from '../../../../../functions/deployments/domain/audit/sign-heads.ts';
import { chainStart, headOf, linkTo } from '../../../../../functions/deployments/domain/chain.ts';
import { record } from '../../../../../functions/deployments/domain/record.ts';
import { anEvent, FakeWorld } from '../../fakes.ts';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');

let world: FakeWorld;
let stored: (SignedHeads | undefined)[];
let now = Date.parse('2026-06-01T13:00:00Z');
let ids = 0;
beforeEach(() => {
  world = new FakeWorld();
  stored = [];
});

async function* each<T>(values: readonly T[]): AsyncGenerator<T> {
  yield* values;
}

async function send(service: string, count: number): Promise<void> {
  const events = Array.from({ length: count }, () => anEvent(`${service}-${(ids += 1)}`));
  await record(world.process(), service, events);
}

const signAll = (): Promise<number> =>
  signHeads({
    archive: world.archive,
    unsigned: world.list(world.unsigned),
    signer: { sign: async (message) => ({ signature: sign(null, message, privateKey), key: 'arn:key' }) },
    store: {
      last: async () => stored.at(-1),
      create: async (heads) => stored.push(heads) > 0,
      read: () => each(stored),
    },
    clock: () => (now += 3_600_000),
  });

const chain = (): readonly ArchivedEvent[] => world.chains.get('shop') ?? [];

/** One piece after another, each as long as `steps` says, or without end. */
async function audit(
  {
    records = chain(),
    statements = stored,
  }: { records?: readonly ArchivedEvent[]; statements?: unknown[] } = {},
  steps: () => number = () => Number.POSITIVE_INFINITY,
): Promise<ServiceAudit> {
  let cursor: string | undefined;
  for (;;) {
    let left = steps();
    const answer = serviceAudit.parse(
      await auditService(
        {
          lines: (_, fromPlace) =>
            each(
              records
                .map((each, index) => ({
                  key: `chains/shop/${index + 1}`,
                  place: index + 1,
                  text: JSON.stringify(each),
                }))
                .filter(({ place }) => place >= fromPlace),
            ),
          statements: {
            newest: async () => statements.length,
            from: (number) => each(statements.slice(number - 1)),
          },
          key: publicKey,
          signingKey: 'arn:key',
          isTimeUp: () => (left -= 1) < 0,
        },
        'shop',
        cursor === undefined ? undefined : decodePosition(cursor),
      ),
    );
    if (answer.state !== 'going-on') {
      return answer;
    }
    ({ cursor } = answer);
  }
}

/** Written anew by somebody who knows how chains are made. */
function rewritten(records: readonly ArchivedEvent[], from: number): ArchivedEvent[] {
  let head = chainStart;
  return records.map((each, index) => {
    const { sequence: _, previous: __, hash: ___, ...event } = each;
    const changed =
      index + 1 < from ? event : { ...event, received: { ...event.received, connection: 'somebody' } };
    const linked = linkTo(head, changed);
    head = headOf(linked);
    return linked;
  });
}

describe('the audit of a service', () => {
  beforeEach(async () => {
    await send('shop', 3);
    await send('cart', 2);
    await signAll();
    await send('cart', 1);
    await signAll();
    await send('shop', 4);
    await signAll();
    await send('shop', 2);
  });

  it('tells what fits, and up to where and when it was signed', async () => {
    expect(await audit()).toEqual({
      service: 'shop',
      state: 'whole',
      records: 9,
      statements: { verified: 3, of: 3 },
      signed: { place: 7, at: stored[2]?.statement.at },
      signingKey: 'arn:key',
    });
  });

  it('knows of no signature where nothing was signed yet', async () => {
    expect(await audit({ statements: [] })).toMatchObject({ state: 'whole', records: 9 });
    expect(await audit({ statements: [] })).not.toHaveProperty('signed');
  });

  it('finds the same however it is cut into pieces', async () => {
    const tampered = chain().flatMap((each, index) =>
      index === 5 ? [Object.assign(structuredClone(each), { hash: 'f'.repeat(64) })] : [each],
    );
    const worlds = [
      {},
      { records: tampered },
      { records: rewritten(chain(), 2) },
      { records: chain().slice(0, 5) },
    ];
    for (const each of worlds) {
      const whole = await audit(each);
      await fc.assert(
        fc.asyncProperty(fc.infiniteStream(fc.integer({ min: 1, max: 6 })), async (pieces) => {
          expect(await audit(each, () => Number(pieces.next().value))).toEqual(whole);
        }),
        { numRuns: 30 },
      );
    }
  });

  it('finds the first record that was changed', async () => {
    const [first, second, ...rest] = chain();
    expect(first && second).toBeDefined();
    const records = [first, { ...second, received: { ...second?.received, connection: 'x' } }, ...rest];
    expect(
      await audit({ records: records.flatMap((each) => (each === undefined ? [] : [Object(each)])) }),
    ).toMatchObject({
      state: 'broken',
      records: 1,
      problem: { place: 2, object: 'chains/shop/2', reason: expect.stringContaining('its hash is') },
    });
  });

  it('finds records that were written anew, though they fit behind each other', async () => {
    expect(await audit({ records: rewritten(chain(), 5) })).toMatchObject({
      state: 'broken',
      problem: { place: 4, reason: expect.stringContaining('up to number 7') },
    });
  });

  it('finds what was cut off, also when what is left was signed after that', async () => {
    const cut = chain().slice(0, 5);
    expect(await audit({ records: cut })).toMatchObject({
      state: 'broken',
      problem: { place: 6, reason: expect.stringContaining('signed up to number 7') },
    });
    world.chains.set('shop', [...cut]);
    await signAll();
    expect(await audit()).toMatchObject({
      state: 'broken',
      problem: { place: 6, reason: expect.stringContaining('the chain ends') },
    });
  });

  it('finds a second end that was signed before the first', async () => {
    await signAll();
    world.unsigned.add('shop');
    const all = [...chain()];
    world.chains.set('shop', all.slice(0, 8));
    await signAll();
    world.chains.set('shop', all);
    expect(await audit()).toMatchObject({
      state: 'broken',
      problem: { place: 9, reason: expect.stringContaining('ended at number 8') },
    });
  });

  it('believes no statement that is missing, of another key, or changed', async () => {
    const [one, two, three] = stored;
    const gone = await audit({ statements: [one, undefined, three] });
    expect(gone).toMatchObject({
      state: 'broken',
      problem: { reason: 'Signed heads number 2 are missing.' },
    });
    expect(gone.problem).not.toHaveProperty('place');
    const forged = { ...three, signature: two?.signature };
    expect((await audit({ statements: [one, two, forged] })).problem?.reason).toContain('not of the key');
  });

  it('goes back to what was signed when that comes while it looks at what was not', async () => {
    const statements: unknown[] = stored.slice(0, 2);
    const pieces: number[] = [];
    const answer = await audit({ statements }, () => {
      if (pieces.push(0) === 2) {
        // The first piece came to record 8; number 7 was signed meanwhile.
        statements.push(stored[2]);
      }
      return 10;
    });
    expect(pieces.length).toBeGreaterThan(1);
    expect(answer).toMatchObject({ state: 'whole', records: 9, signed: { place: 7 } });
  });
});

describe('a cursor', () => {
  it.each(['', 'nonsense', Buffer.from('{"statements":1}').toString('base64url')])(
    'that no audit answered is none: “%s”',
    (cursor) => {
      expect(decodePosition(cursor)).toBeUndefined();
    },
  );
});
