import { createHash } from 'node:crypto';
import type { CompiledCampaign } from '../../../functions/contracts/campaign.ts';
import type { Meter } from '../../../functions/kernel/meter.ts';
import type { JobRecord } from '../../../functions/personalise/domain/job-record.ts';
import { rank } from '../../../functions/personalise/domain/job-record.ts';
import type { PictureRecord } from '../../../functions/personalise/domain/picture-record.ts';
import type {
  JobProjection,
  JobReader,
  JobStore,
  PictureMaker,
  PictureStore,
  RenderLease,
  RenderQueue,
  UploadStore,
  Versioned,
} from '../../../functions/personalise/domain/ports.ts';

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
    this.#writes += 1;
    const version = `v${this.#writes}`;
    this.values.set(key, { value: structuredClone(value), version });
    return version;
  }

  delete(key: string, expected: string): boolean {
    return this.values.get(key)?.version === expected && this.values.delete(key);
  }
}

/** The service's whole outside world in memory. */
export class FakeWorld {
  readonly #jobs = new FakeVersionedStore<JobRecord>();
  readonly #pictures = new FakeVersionedStore<PictureRecord>();
  readonly uploads = new Map<string, Uint8Array>();
  readonly files = new Map<string, Uint8Array>();
  readonly sent: string[] = [];
  readonly shown = new Map<string, JobRecord>();
  readonly counts = new Map<string, number>();
  readonly #leases = new Map<string, Promise<unknown>>();
  renders = 0;
  now = Date.parse('2026-06-01T12:00:00Z');
  trip: Tripwire = () => undefined;

  readonly clock = (): number => this.now;

  readonly jobs: JobStore = {
    get: async (id) => this.#jobs.get(id),
    create: async (record) => {
      await this.trip('jobs.create');
      return this.#jobs.write(record.id, record, undefined);
    },
    put: async (record, version) => {
      await this.trip(`jobs.put ${record.state}`);
      return this.#jobs.write(record.id, record, version);
    },
  };

  readonly pictures: PictureStore = {
    get: async (key) => this.#pictures.get(key),
    create: async (record) => {
      await this.trip('pictures.create');
      return this.#pictures.write(record.key, record, undefined);
    },
    put: async (record, version) => {
      await this.trip('pictures.put');
      return this.#pictures.write(record.key, record, version);
    },
    delete: async (key, version) => {
      await this.trip('pictures.delete');
      return this.#pictures.delete(key, version);
    },
    putVariant: async ({ pictureKey, renderedBy, picture }) => {
      await this.trip('pictures.putVariant');
      const url = `/${pictureKey}/${renderedBy}/${picture.variant}`;
      this.files.set(url, picture.bytes);
      return url;
    },
    deleteVariants: async (pictureKey, renderedBy) => {
      await this.trip('pictures.deleteVariants');
      for (const url of this.files.keys()) {
        if (url.startsWith(`/${pictureKey}/${renderedBy}/`)) {
          this.files.delete(url);
        }
      }
    },
  };

  readonly uploadStore: UploadStore = {
    head: async (id, length) => {
      const bytes = this.uploads.get(id);
      return bytes && { bytes: bytes.subarray(0, length), size: bytes.byteLength };
    },
    get: async (id) => {
      const bytes = this.uploads.get(id);
      return bytes && Uint8Array.from(bytes);
    },
    delete: async (id) => {
      await this.trip('uploads.delete');
      this.uploads.delete(id);
    },
  };

  readonly queue: RenderQueue = {
    send: async ({ jobId }) => {
      await this.trip('queue.send');
      this.sent.push(jobId);
    },
  };

  readonly projection: JobProjection & JobReader = {
    show: async (record) => {
      await this.trip('projection.show');
      const shown = this.shown.get(record.id);
      if (shown === undefined || order(record) > order(shown)) {
        this.shown.set(record.id, structuredClone(record));
      }
    },
    get: async (id) => this.shown.get(id),
    next: async () => undefined,
  };

  /** Waits for the holder, as a lease does. */
  readonly lease: RenderLease = {
    withLease: async (key, work) => {
      const before = this.#leases.get(key);
      const mine = (async () => {
        await before?.catch(() => undefined);
        return work();
      })();
      this.#leases.set(key, mine);
      return mine;
    },
  };

  readonly maker: PictureMaker = {
    make: async (photo, campaign, slots) => {
      await this.trip('maker.make');
      this.renders += 1;
      const bytes = createHash('sha256').update(photo).update(JSON.stringify(slots)).digest();
      return campaign.variants.map(({ id, width, height, format }) => ({
        variant: id,
        bytes,
        width,
        height,
        format,
      }));
    },
  };

  readonly meter: Meter = {
    count: (name, amount = 1) => void this.counts.set(name, (this.counts.get(name) ?? 0) + amount),
    time: () => undefined,
  };

  readonly assets = { campaign: async () => fakeCampaign, file: async () => new Uint8Array() };

  get deps() {
    return {
      jobs: this.jobs,
      projection: this.projection,
      reader: this.projection,
      uploads: this.uploadStore,
      pictures: this.pictures,
      lease: this.lease,
      assets: this.assets,
      maker: this.maker,
      queue: this.queue,
      meter: this.meter,
      clock: this.clock,
    };
  }

  /** The pictures that are recorded, by key. */
  pictureRecords(): PictureRecord[] {
    return [...this.#pictures.values.values()].map(({ value }) => value);
  }

  async job(id: string): Promise<JobRecord> {
    const stored = this.#jobs.get(id);
    if (stored === undefined) {
      throw new Error(`no job ${id}`);
    }
    return stored.value;
  }
}

const order = (record: JobRecord): number => (record.erasedAt === undefined ? rank(record.state) : 9);

export const fakeCampaign: CompiledCampaign = {
  id: 'fake',
  version: '0123456789abcdef',
  title: 'Fake',
  description: 'For tests.',
  opensAt: '2026-01-01T00:00:00Z',
  closesAt: '2027-01-01T00:00:00Z',
  limits: { maxBytes: 1_000_000, maxPixels: 1_000_000, minPixelsPerSide: 16, uploadsPerMinute: 3 },
  fonts: [],
  slots: [],
  variants: [
    {
      id: 'square',
      label: 'Square',
      width: 10,
      height: 10,
      format: 'jpeg',
      quality: 80,
      background: '#000000',
      layers: [],
    },
    {
      id: 'story',
      label: 'Story',
      width: 10,
      height: 20,
      format: 'jpeg',
      quality: 80,
      background: '#000000',
      layers: [],
    },
  ],
};

let issued = 0;

/** A job that awaits its upload. */
export function awaitingJob(overrides: Partial<JobRecord> = {}): JobRecord {
  issued += 1;
  const now = Date.parse('2026-06-01T12:00:00Z');
  return {
    id: `01J${String(issued).padStart(23, '0')}`,
    campaign: fakeCampaign.id,
    campaignVersion: fakeCampaign.version,
    state: 'awaiting-upload',
    times: { 'awaiting-upload': now },
    uploadExpiresAt: now + 300_000,
    slots: { name: 'Ada' },
    limits: { maxBytes: 1_000_000, maxPixels: 1_000_000, minPixelsPerSide: 16 },
    ...overrides,
  };
}
