import type { ArchivedEvent } from '../../contracts/deployment-event.ts';
import { chainStart, headOf } from './chain.ts';
import { identityOf } from './identity.ts';
import type { Archive, ChainHead } from './ports.ts';

interface Known {
  head: ChainHead;
  readonly identities: Set<string>;
}

/** Services that are remembered; a chain that is asked for again after it was forgotten is read again. */
const maxServices = 500;

/** What is in the archive, told by the archive alone: each chain is read once, and then from where it was read to. */
export class ArchiveIndex {
  readonly #archive: Archive;
  readonly #known = new Map<string, Known>();

  constructor(archive: Archive) {
    this.#archive = archive;
  }

  /** Where the chain ends now, and which of these are in it. */
  async look(
    service: string,
    identities: readonly string[],
  ): Promise<{ head: ChainHead; known: ReadonlySet<string> }> {
    const known = this.#known.get(service) ?? { head: chainStart, identities: new Set() };
    this.#remember(service, known);
    for await (const record of this.#archive.read(service, known.head.sequence + 1)) {
      add(known, record);
    }
    return {
      head: known.head,
      known: new Set(identities.filter((identity) => known.identities.has(identity))),
    };
  }

  /** These were appended behind what `look` told. */
  took(service: string, records: readonly ArchivedEvent[]): void {
    const known = this.#known.get(service);
    if (known !== undefined) {
      records.forEach((record) => add(known, record));
    }
  }

  /** The one asked for longest ago is forgotten first. */
  #remember(service: string, known: Known): void {
    this.#known.delete(service);
    this.#known.set(service, known);
    const [oldest] = this.#known.keys();
    if (this.#known.size > maxServices && oldest !== undefined) {
      this.#known.delete(oldest);
    }
  }
}

function add(known: Known, record: ArchivedEvent): void {
  known.identities.add(identityOf(record.event));
  known.head = headOf(record);
}
