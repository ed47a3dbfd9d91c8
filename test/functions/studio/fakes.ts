import { createHash } from 'node:crypto';
import { readRecipe } from '../../../functions/studio/domain/read-recipe.ts';
import type { Recipe, RecipeInput } from '../../../functions/contracts/recipe.ts';
import type { StudioIndex } from '../../../functions/contracts/template.ts';
import type { Meter } from '../../../functions/kernel/meter.ts';
import { PermanentError } from '../../../functions/kernel/errors.ts';
import type {
  EditMaker,
  EditStore,
  FileOwner,
  MadeRecord,
  MadeStore,
  MakeQueue,
  ResultFiles,
  StudioLibrary,
  UploadStore,
  Versioned,
} from '../../../functions/studio/domain/edit-ports.ts';
import type { EditRecord } from '../../../functions/studio/domain/edit-record.ts';
import type { ProbedSource } from '../../../functions/studio/domain/ports.ts';

/** Thrown where a test makes a process die: no code may recover from it. */
export class Crash extends Error {}

/** Called before every effect on the outside world; a test throws from it to crash there. */
type Tripwire = (effect: string) => void | Promise<void>;

/** Compare-and-swap as S3 offers it. */
class FakeVersionedStore<T> {
  readonly values = new Map<string, Versioned<T>>();
  #writes = 0;

  get(key: string): Versioned<T> | undefined {
    return structuredClone(this.values.get(key));
  }

  write(key: string, value: T, expected: string | undefined): string | undefined {
    if (this.values.get(key)?.version !== expected) {
      return undefined;
    }
    return this.overwrite(key, value);
  }

  overwrite(key: string, value: T): string {
    this.#writes += 1;
    const version = `v${this.#writes}`;
    this.values.set(key, { value: structuredClone(value), version });
    return version;
  }
}

const fileKey = ({ id, run }: FileOwner): string => `/studio/results/${id}/${run}`;

/** The service's whole outside world in memory. Movies are uploads that begin with `movie`; `bad` ones cannot be read. */
export class FakeWorld {
  readonly #edits = new FakeVersionedStore<EditRecord>();
  readonly #made = new FakeVersionedStore<MadeRecord>();
  readonly uploads = new Map<string, Uint8Array>();
  readonly results = new Map<string, Uint8Array>();
  /** Messages that were sent and not yet taken, with the time at which they come. */
  readonly messages: { editId: string; at: number }[] = [];
  readonly counts = new Map<string, number>();
  readonly times: { name: string; milliseconds: number }[] = [];
  makes = 0;
  /** Thrown by the maker, once each. */
  readonly troubles: unknown[] = [];
  now = Date.parse('2026-06-01T12:00:00Z');
  trip: Tripwire = () => undefined;
  #isDead = false;

  readonly clock = (): number => this.now;

  /** The process that has this effect dies: nothing that it does after it has one. */
  die(where: string): never {
    this.#isDead = true;
    throw new Crash(where);
  }

  /** Another process goes on. */
  revive(): void {
    this.#isDead = false;
  }

  async #effect(effect: string): Promise<void> {
    if (this.#isDead) {
      throw new Crash('dead already');
    }
    await this.trip(effect);
  }

  readonly pause = async (milliseconds: number): Promise<void> => {
    this.now += Math.ceil(milliseconds);
  };

  readonly edits: EditStore = {
    get: async (id) => {
      await this.#effect('edits.get');
      return this.#edits.get(id);
    },
    create: async (record) => {
      await this.#effect('edits.create');
      return this.#edits.write(record.id, record, undefined);
    },
    put: async (record, version) => {
      await this.#effect(`edits.put ${record.erasedAt === undefined ? record.state : 'erased'}`);
      return this.#edits.write(record.id, record, version);
    },
  };

  readonly made: MadeStore = {
    get: async (key) => {
      await this.#effect('made.get');
      return this.#made.get(key);
    },
    put: async (key, record) => {
      await this.#effect('made.put');
      this.#made.overwrite(key, record);
    },
    delete: async (key, version) => {
      await this.#effect('made.delete');
      if (this.#made.values.get(key)?.version === version) {
        this.#made.values.delete(key);
      }
    },
  };

  readonly files: ResultFiles = {
    put: async (owner, { bytes }) => {
      await this.#effect('files.put');
      this.results.set(fileKey(owner), bytes);
      return fileKey(owner);
    },
    copy: async ({ url }, to) => {
      await this.#effect('files.copy');
      const bytes = this.results.get(url);
      if (bytes === undefined) {
        return undefined;
      }
      this.results.set(fileKey(to), bytes);
      return fileKey(to);
    },
    delete: async (owner) => {
      await this.#effect('files.delete');
      this.results.delete(fileKey(owner));
    },
  };

  readonly uploadStore: UploadStore = {
    look: async (id) => {
      const bytes = this.uploads.get(id);
      return bytes && { etag: createHash('md5').update(bytes).digest('hex'), size: bytes.byteLength };
    },
    get: async (id) => this.uploads.get(id),
    delete: async (id) => {
      await this.#effect('uploads.delete');
      this.uploads.delete(id);
    },
  };

  readonly queue: MakeQueue = {
    send: async ({ editId }, afterMs = 0) => {
      await this.#effect('queue.send');
      this.messages.push({ editId, at: this.now + afterMs });
    },
  };

  readonly maker: EditMaker = {
    make: async ({ recipe, plan, inputs }) => {
      await this.#effect('maker.make');
      const trouble = this.troubles.shift();
      if (trouble !== undefined) {
        throw trouble;
      }
      this.makes += 1;
      const hash = createHash('sha256').update(JSON.stringify(recipe.captions));
      for (const bytes of inputs.files.values()) {
        hash.update(bytes);
      }
      const { canvas, frames, durationMs } = plan;
      return {
        bytes: hash.digest(),
        result: {
          format: recipe.output.format,
          contentType: `image/${recipe.output.format}`,
          width: canvas.width,
          height: canvas.height,
          durationMs,
          frames: frames.length,
          sound: 'none',
          notes: [],
        },
      };
    },
  };

  readonly library: StudioLibrary = {
    index: async () => fakeIndex,
    file: async (file) => Buffer.from(file),
  };

  readonly meter: Meter = {
    count: (name, amount = 1) => void this.counts.set(name, (this.counts.get(name) ?? 0) + amount),
    time: (name, milliseconds) => void this.times.push({ name, milliseconds }),
  };

  /** As in the function that answers at once: it reads no movies. */
  get prompt() {
    return {
      ...this.#common,
      probe: async (bytes: Uint8Array) => (isMovie(bytes) ? undefined : probe(bytes)),
      queue: this.queue,
      pause: this.pause,
      withinMs: 20_000,
      heldForMs: 29_000,
      resultsLifeMs: 30 * 24 * 60 * 60_000,
    };
  }

  /** As in the function that works the queue off. */
  get patient() {
    return {
      ...this.#common,
      probe: async (bytes: Uint8Array) => probe(bytes),
      queue: undefined,
      withinMs: 480_000,
      heldForMs: 600_000,
    };
  }

  /** As in the function that tells and erases. */
  get status() {
    return { ...this.#common, queue: this.queue, pause: this.pause };
  }

  get #common() {
    return {
      edits: this.edits,
      made: this.made,
      files: this.files,
      uploads: this.uploadStore,
      library: this.library,
      maker: this.maker,
      meter: this.meter,
      clock: this.clock,
    };
  }

  async edit(id: string): Promise<EditRecord> {
    const stored = this.#edits.get(id);
    if (stored === undefined) {
      throw new Error(`no edit ${id}`);
    }
    return stored.value;
  }

  /** Every edit that is recorded. */
  allEdits(): EditRecord[] {
    return [...this.#edits.values.values()].map(({ value }) => value);
  }

  madeRecords(): MadeRecord[] {
    return [...this.#made.values.values()].map(({ value }) => value);
  }
}

const begins = (bytes: Uint8Array, word: string): boolean =>
  Buffer.from(bytes).toString('latin1').startsWith(word);
const isMovie = (bytes: Uint8Array): boolean => begins(bytes, 'movie');

function probe(bytes: Uint8Array): ProbedSource {
  if (begins(bytes, 'bad')) {
    throw new PermanentError('damaged-source', 'It is damaged. Send another one.');
  }
  const moves = isMovie(bytes);
  return {
    kind: moves ? 'movie' : 'still',
    contentType: moves ? 'video/mp4' : 'image/png',
    width: 320,
    height: 240,
    delaysMs: moves ? Array.from({ length: 30 }, () => 40) : [],
    durationMs: moves ? 1200 : 0,
    hasTransparency: false,
    audio: undefined,
    colour: '8 bits, sRGB',
    bytes: bytes.byteLength,
  };
}

const caption = {
  label: 'Top',
  example: 'Hello',
  box: { left: 0.1, top: 0.1, width: 0.8, height: 0.2 },
  font: 'anton',
  colour: '#ffffff',
  minSize: 14,
  maxSize: 90,
  maxLines: 3,
  align: 'centre',
  verticalAlign: 'middle',
  upperCase: false,
  rotate: 0,
} as const;

export const fakeIndex: StudioIndex = {
  templates: [
    {
      id: 'cat',
      name: 'Cat',
      keywords: ['cat'],
      isAnimated: false,
      width: 600,
      height: 400,
      delaysMs: [],
      captions: [caption],
      picture: { file: 'templates/cat-0123456789abcdef.webp', bytes: 100 },
      preview: { file: 'previews/cat-0123456789abcdef.webp', bytes: 100 },
    },
  ],
  fonts: [
    { id: 'anton', name: 'Anton', style: 'condensed', weight: 400, files: ['fonts/0123456789abcdef.ttf'] },
  ],
  fontFiles: [{ file: 'fonts/0123456789abcdef.ttf', bytes: 100, coverage: [[32, 126]], coloured: false }],
  stickers: [
    {
      id: 'star',
      name: 'Star',
      keywords: ['star'],
      width: 64,
      height: 64,
      picture: { file: 'stickers/star-0123456789abcdef.webp', bytes: 100 },
    },
  ],
};

let issued = 0;

/** An id as uploads have them. */
export function newUploadId(): string {
  issued += 1;
  return `01J${String(issued).padStart(23, '0')}`;
}

/** A meme of the template. */
export const meme = (text = 'Hello'): Recipe =>
  readRecipe({
    source: { kind: 'template', template: 'cat' },
    captions: [{ text }],
    output: { format: 'png' },
  });

/** A captioned upload. */
export const captioned = (upload: string, format: RecipeInput['output']['format'] = 'png'): Recipe =>
  readRecipe({
    source: { kind: 'upload', upload },
    captions: [{ text: 'Hello' }],
    output: { format },
  });
