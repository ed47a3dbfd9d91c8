import type { ArchivedEvent, DeploymentEvent } from '../../contracts/deployment-event.ts';
import type { ArchiveIndex } from './archive-index.ts';
import { ChainMoved, chainStart } from './chain.ts';
import { catchUp } from './catch-up.ts';
import { identityOf } from './identity.ts';
import type { Archive, ChainHead, Projection, ToDoList } from './ports.ts';

export interface RecordDeps {
  readonly archive: Archive;
  readonly projection: Projection;
  /** Knows the archive by itself, for when the projection is away. */
  readonly index: ArchiveIndex;
  /** Services whose chain is longer than the last signed head says. */
  readonly unsigned: ToDoList;
  /** Services whose projection is not as far as their chain. */
  readonly behind: ToDoList;
  /** Told before a service's first record is written: of an archive that has none yet the projection is whole. */
  readonly recognise: () => Promise<unknown>;
  /** Told what the projection failed with, before it is done without; throws what must not be recovered from. */
  readonly missed: (service: string, error: unknown) => void;
}

/** What tells where a chain ends and what is in it. */
interface Knowledge {
  /** Both as of one moment. */
  look(identities: readonly string[]): Promise<{ head: ChainHead; known: ReadonlySet<string> }>;
  /** The archive has gone on beyond `head`. */
  moved(head: ChainHead): Promise<void>;
  /** These are in the archive now. */
  took(records: readonly ArchivedEvent[]): Promise<void>;
}

/**
 * Takes in events of one service: into the archive, then into the projection, each once whatever was done before and wherever it broke off. Without the projection they
 * are archived all the same, and the service is noted as behind.
 *
 * @throws when the archive or a list cannot be written: nothing may be forgotten then, and the same events come again
 */
export async function record(
  deps: RecordDeps,
  service: string,
  events: readonly DeploymentEvent[],
): Promise<void> {
  // Before the archive is written: a name too many costs a look, a name too few would leave a head unsigned.
  await deps.unsigned.note(service);
  try {
    await append(deps.archive, service, events, throughProjection(deps, service));
  } catch (error) {
    if (!(error instanceof ProjectionMissed)) {
      throw error;
    }
    deps.missed(service, error.cause);
    await deps.behind.note(service);
    await append(deps.archive, service, events, throughArchive(deps.index, service));
  }
}

/** Writers that meet again and again; each time one of them gets ahead, so that a few tries are enough. */
const maxTries = 10;

async function append(
  archive: Archive,
  service: string,
  events: readonly DeploymentEvent[],
  knowledge: Knowledge,
): Promise<void> {
  // Of those that are in it twice, the first; in the order in which they came.
  const wanted = new Map<string, DeploymentEvent>();
  for (const event of events) {
    const identity = identityOf(event.event);
    if (!wanted.has(identity)) {
      wanted.set(identity, event);
    }
  }
  for (let tries = 0; tries < maxTries; tries += 1) {
    const { head, known } = await knowledge.look([...wanted.keys()]);
    const fresh = [...wanted].filter(([identity]) => !known.has(identity)).map(([, event]) => event);
    if (fresh.length === 0) {
      return;
    }
    try {
      await knowledge.took(await archive.append(service, head, fresh));
      return;
    } catch (error) {
      if (!(error instanceof ChainMoved)) {
        throw error;
      }
      await knowledge.moved(head);
    }
  }
  throw new Error(`Others append to the chain of ${service} faster than this one can.`);
}

/** The projection failed; `cause` says how. */
class ProjectionMissed extends Error {}

function throughProjection({ archive, projection, recognise }: RecordDeps, service: string): Knowledge {
  const attempt = async <T>(work: Promise<T>): Promise<T> =>
    work.catch((cause: unknown) => {
      throw new ProjectionMissed('the projection failed', { cause });
    });
  const guarded: Projection = {
    head: (name) => attempt(projection.head(name)),
    look: (name, identities) => attempt(projection.look(name, identities)),
    apply: (name, records) => attempt(projection.apply(name, records)),
  };
  return {
    look: async (identities) => {
      for (;;) {
        const there = await guarded.look(service, identities);
        if (there !== undefined) {
          return there;
        }
        // It knows nothing of the service, or has lost everything.
        const head = await catchUp(archive, guarded, service, chainStart);
        if (head.sequence === 0) {
          await attempt(recognise());
          return { head, known: new Set() };
        }
      }
    },
    moved: async (head) => void (await catchUp(archive, guarded, service, head)),
    took: (records) => guarded.apply(service, records),
  };
}

const throughArchive = (index: ArchiveIndex, service: string): Knowledge => ({
  look: (identities) => index.look(service, identities),
  moved: async () => undefined,
  took: async (records) => index.took(service, records),
});
