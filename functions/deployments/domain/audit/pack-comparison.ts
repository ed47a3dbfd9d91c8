import type { Pack } from '../packs/ports.ts';
import type { ArchiveLine } from './ports.ts';
import type { ChainProblem } from './verify-chain.ts';

interface OpenPack extends Pack {
  readonly lines: readonly string[];
}

/** Compares the packs of one service with the chain that they are copies of, while it is walked from its beginning. */
export class PackComparison {
  readonly #service: string;
  readonly #linesOf: (pack: Pack) => Promise<readonly string[]>;
  readonly #problems: ChainProblem[] = [];
  readonly #waiting: Pack[];
  #open: readonly OpenPack[] = [];

  /** @param packs in the order of their first record */
  constructor(service: string, packs: readonly Pack[], linesOf: (pack: Pack) => Promise<readonly string[]>) {
    this.#service = service;
    this.#waiting = [...packs];
    this.#linesOf = linesOf;
    this.#findGaps();
  }

  /** Of every pack that disagrees the first record, as far as the chain was walked. */
  get problems(): readonly ChainProblem[] {
    return this.#problems;
  }

  /** The chain as it is, compared on its way. */
  async *along(chain: AsyncIterable<ArchiveLine>): AsyncGenerator<ArchiveLine> {
    let end = 0;
    for await (const line of chain) {
      await this.#openUpTo(line.place);
      this.#open = this.#open.filter((pack) => this.#agrees(pack, line));
      end = line.place;
      yield line;
    }
    for (const { key, first } of [...this.#open, ...this.#waiting]) {
      this.#found(Math.max(first, end + 1), key, 'the chain ends before it');
    }
  }

  /** Whether a pack is to be looked at further. */
  #agrees(pack: OpenPack, { place, text }: ArchiveLine): boolean {
    if (place > pack.last) {
      return false;
    }
    const packed = pack.lines[place - pack.first];
    if (packed !== text) {
      this.#found(place, pack.key, packed === undefined ? 'its pack ends before it' : 'its pack has another');
      return false;
    }
    return place < pack.last;
  }

  async #openUpTo(place: number): Promise<void> {
    for (let [next] = this.#waiting; next !== undefined && next.first <= place; [next] = this.#waiting) {
      this.#waiting.shift();
      const lines = await this.#linesOf(next);
      const count = next.last - next.first + 1;
      if (lines.length > count) {
        this.#found(next.last, next.key, `its pack has ${lines.length} records in place of ${count}`);
      } else {
        this.#open = [...this.#open, { ...next, lines }];
      }
    }
  }

  /** Packs follow one another from the first record on. */
  #findGaps(): void {
    let end = 0;
    for (const { first, last } of this.#waiting) {
      if (first > end + 1) {
        this.#found(end + 1, undefined, `its pack is gone, and packs from number ${first} on are there`);
      }
      end = Math.max(end, last);
    }
  }

  #found(place: number, key: string | undefined, reason: string): void {
    this.#problems.push({ service: this.#service, place, key, reason });
  }
}
