import type { ArchivedEvent, DeploymentEvent } from '../../../functions/contracts/deployment-event.ts';
import type { ArchiveLine } from '../../../functions/deployments/domain/audit/ports.ts';
import { ArchiveIndex } from '../../../functions/deployments/domain/archive-index.ts';
import { ChainMoved, chainStart, headOf, linkTo } from '../../../functions/deployments/domain/chain.ts';
import { identityOf } from '../../../functions/deployments/domain/identity.ts';
import { coveringPacks, inOrder } from '../../../functions/deployments/domain/packs/covering-packs.ts';
import type {
  PackingNotes,
  PackingState,
  PackStore,
} from '../../../functions/deployments/domain/packs/ports.ts';
import type { Archive, Projection, ToDoList } from '../../../functions/deployments/domain/ports.ts';
import type { Making, Wholeness } from '../../../functions/deployments/domain/whole/ports.ts';
import { createRecogniser } from '../../../functions/deployments/domain/whole/recognise-empty.ts';
import type { RecordDeps } from '../../../functions/deployments/domain/record.ts';

/** Thrown where a test makes a process die: no code may recover from it. */
export class Crash extends Error {}

/** Redis is away. */
export class Away extends Error {}

interface FakePack {
  readonly first: number;
  readonly last: number;
  readonly lines: readonly string[];
}

/** Archive, projection and lists in memory, for many processes at once. */
export class FakeWorld {
  readonly chains = new Map<string, ArchivedEvent[]>();
  readonly projected = new Map<string, ArchivedEvent[]>();
  readonly unsigned = new Set<string>();
  readonly behind = new Set<string>();
  readonly packed = new Map<string, FakePack[]>();
  packing: { state: PackingState; version: number } | undefined;
  readonly missed: string[] = [];
  isRedisAway = false;
  making: Making | undefined;
  #makings = 0;
  /** Called before and after every effect; a test throws from it to crash there. */
  trip: (effect: string) => void | Promise<void> = () => undefined;

  readonly archive: Archive = {
    head: async (service) => {
      const last = this.chains.get(service)?.at(-1);
      return last === undefined ? chainStart : headOf(last);
    },
    append: async (service, after, events) => {
      const written: ArchivedEvent[] = [];
      let head = after;
      for (const event of events) {
        await this.trip('before archive');
        const chain = this.chains.get(service) ?? [];
        if (chain.length !== head.sequence) {
          throw new ChainMoved(service, head.sequence + 1);
        }
        const linked = linkTo(head, event);
        this.chains.set(service, [...chain, linked]);
        written.push(linked);
        head = headOf(linked);
        await this.trip('after archive');
      }
      return written;
    },
    read: (service, fromSequence) => readFrom(this.chains, service, fromSequence),
    services: () => namesOf(this.chains),
  };

  readonly projection: Projection = {
    head: async (service) => {
      this.#answer();
      const last = this.projected.get(service)?.at(-1);
      return last === undefined ? undefined : headOf(last);
    },
    look: async (service, identities) => {
      this.#answer();
      const there = this.projected.get(service) ?? [];
      const last = there.at(-1);
      const known = new Set(there.map(({ event }) => identityOf(event)));
      return last === undefined
        ? undefined
        : { head: headOf(last), known: new Set(identities.filter((identity) => known.has(identity))) };
    },
    apply: async (service, records) => {
      for (const record of records) {
        await this.trip('before projection');
        this.#answer();
        const there = this.projected.get(service) ?? [];
        if (record.sequence > there.length + 1) {
          throw new Error(`after ${there.length} came ${record.sequence}`);
        }
        if (record.sequence > there.length) {
          this.projected.set(service, [...there, record]);
        }
        await this.trip('after projection');
      }
    },
  };

  readonly wholeness: Wholeness = {
    read: async () => {
      this.#answer();
      return this.making;
    },
    begin: async () => {
      await this.trip('before making');
      this.#answer();
      this.#makings += 1;
      return (this.making ??= { id: `making ${this.#makings}`, isWhole: false, upTo: undefined });
    },
    reached: async (making, upTo) => this.#note(making, { upTo }),
    end: async (making) => this.#note(making, { isWhole: true }),
  };

  readonly packs: PackStore = {
    end: async (service) => coveringPacks(inOrder(this.packed.get(service) ?? []), 1).end,
    lines: (service, fromSequence) => linesFrom(this.chains, service, fromSequence),
    create: async (service, first, lines) => {
      await this.trip('before pack');
      const there = this.packed.get(service) ?? [];
      const last = first + lines.length - 1;
      if (!there.some((pack) => pack.first === first && pack.last === last)) {
        this.packed.set(service, [...there, { first, last, lines }]);
      }
      await this.trip('after pack');
    },
  };

  /** What one run of packing has. */
  packingNotes(): PackingNotes {
    let version: number | undefined;
    return {
      read: async () => {
        version = this.packing?.version;
        return this.packing?.state;
      },
      write: async (state) => {
        await this.trip('before packing note');
        if (version !== this.packing?.version) {
          return false;
        }
        version = (version ?? 0) + 1;
        this.packing = { state, version };
        await this.trip('after packing note');
        return true;
      },
    };
  }

  /** What one execution environment has. */
  process(): RecordDeps {
    return {
      archive: this.archive,
      projection: this.projection,
      index: new ArchiveIndex(this.archive),
      unsigned: this.list(this.unsigned),
      behind: this.list(this.behind),
      recognise: createRecogniser(this.archive, this.wholeness),
      missed: (service, error) => {
        if (!(error instanceof Away)) {
          throw error;
        }
        this.missed.push(service);
      },
    };
  }

  list(services: Set<string>): ToDoList {
    return {
      note: async (service) => {
        await this.trip('before note');
        services.add(service);
        await this.trip('after note');
      },
      entries: async () =>
        [...services].map((service) => ({
          service,
          done: async () => {
            await this.trip('before done');
            services.delete(service);
            await this.trip('after done');
          },
        })),
    };
  }

  /** Redis comes back empty. */
  loseProjection(): void {
    this.projected.clear();
    this.making = undefined;
  }

  async #note({ id }: Making, progress: Partial<Making>): Promise<boolean> {
    await this.trip('before noting the making');
    this.#answer();
    if (this.making?.id !== id) {
      return false;
    }
    this.making = { ...this.making, ...progress };
    await this.trip('after noting the making');
    return true;
  }

  #answer(): void {
    if (this.isRedisAway) {
      throw new Away('connection refused');
    }
  }
}

async function* readFrom(
  chains: ReadonlyMap<string, readonly ArchivedEvent[]>,
  service: string,
  fromSequence: number,
): AsyncGenerator<ArchivedEvent> {
  yield* (chains.get(service) ?? []).slice(fromSequence - 1);
}

async function* namesOf(chains: ReadonlyMap<string, unknown>): AsyncGenerator<string> {
  yield* chains.keys();
}

async function* linesFrom(
  chains: ReadonlyMap<string, readonly ArchivedEvent[]>,
  service: string,
  fromSequence: number,
): AsyncGenerator<ArchiveLine> {
  for await (const record of readFrom(chains, service, fromSequence)) {
    const { sequence: place } = record;
    yield { key: `chains/${service}/${place}`, place, text: JSON.stringify(record) };
  }
}

/** An event of the service `shop`. */
export const anEvent = (id: string, service = 'shop'): DeploymentEvent => ({
  event: {
    context: {
      specversion: '0.5.1',
      id,
      source: 'https://ci.example',
      type: 'dev.cdevents.service.deployed.0.3.0',
      timestamp: '2026-06-01T12:00:00Z',
    },
    subject: { id: service, content: { environment: { id: 'production' }, artifactId: 'pkg:oci/shop' } },
  },
  service,
  received: { at: '2026-06-01T12:00:01.000Z', via: 'cdevents', connection: 'ci' },
  marks: [],
});
