import type { CampaignIndex, CompiledCampaign } from '../../contracts/campaign.ts';
import type { OutputFormat } from '../../contracts/picture-type.ts';
import type { RenderMessage } from '../../contracts/render-message.ts';
import type { JobRecord } from './job-record.ts';
import type { PictureRecord } from './picture-record.ts';

/** A value with the version under which it was read; `undefined` means that nothing is stored. */
export interface Versioned<T> {
  readonly value: T;
  readonly version: string;
}

/** The truth about jobs. Writes answer the new version, or undefined when somebody else wrote first: read again, decide again. */
export interface JobStore {
  get(jobId: string): Promise<Versioned<JobRecord> | undefined>;
  create(record: JobRecord): Promise<string | undefined>;
  put(record: JobRecord, expectedVersion: string): Promise<string | undefined>;
}

/** The fast copy of jobs. It may be lost at any moment and never goes back to an earlier state; an erased job is its last. */
export interface JobProjection {
  /** Shows a job to readers; when the projection is away, that is counted and S3 answers them. */
  show(record: JobRecord): Promise<void>;
}

/** The reading side of the projection. When it is away it knows nothing, and S3 answers. */
export interface JobReader {
  get(jobId: string): Promise<JobRecord | undefined>;
  /** Waits until the job is shown in a later state than `record`, at most `timeoutMs`; undefined when it was not. */
  next(record: JobRecord, timeoutMs: number): Promise<JobRecord | undefined>;
}

/** Finished pictures, shared by every job that asked for the same one. Writes answer as those of JobStore. */
export interface PictureStore {
  get(pictureKey: string): Promise<Versioned<PictureRecord> | undefined>;
  create(record: PictureRecord): Promise<string | undefined>;
  put(record: PictureRecord, expectedVersion: string): Promise<string | undefined>;
  delete(pictureKey: string, expectedVersion: string): Promise<boolean>;
  /** Stores one variant's bytes and answers its root-relative address. Each job that renders has its own folder, so that nobody deletes another's files. */
  putVariant(file: VariantFile): Promise<string>;
  deleteVariants(pictureKey: string, renderedBy: string): Promise<void>;
}

export interface VariantFile {
  readonly pictureKey: string;
  /** The job that rendered it. */
  readonly renderedBy: string;
  readonly picture: RenderedPicture;
}

/** Uploaded photos, as the browser sent them. */
export interface UploadStore {
  /** The first `length` bytes and the size of the whole; `undefined` when there is no such upload. */
  head(jobId: string, length: number): Promise<{ bytes: Uint8Array; size: number } | undefined>;
  /** In memory of the caller's own, which may give it back. */
  get(jobId: string): Promise<Uint8Array | undefined>;
  delete(jobId: string): Promise<void>;
}

/** At most one holder a key at a time; a holder that dies loses it when its time is over. */
export interface RenderLease {
  /** Runs `work` under the lease. While another holds it, waits; throws when that takes too long. Without Redis, runs it at once. */
  withLease<T>(pictureKey: string, work: () => Promise<T>): Promise<T>;
}

export interface RenderQueue {
  send(message: RenderMessage): Promise<void>;
}

export interface CampaignCatalogue {
  /** Every campaign of this deployment, at its current version. */
  index(): Promise<CampaignIndex>;
}

/** The files of compiled campaigns. */
export interface CampaignAssets {
  campaign(id: string, version: string): Promise<CompiledCampaign>;
  /** `file` as named in the compiled campaign. */
  file(id: string, version: string, file: string): Promise<Uint8Array>;
}

export interface RenderedPicture {
  readonly variant: string;
  readonly bytes: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly format: OutputFormat;
}

/** Draws every variant of a campaign from one photo, decoded once. Throws a PermanentError for a photo that cannot be drawn. */
export interface PictureMaker {
  make(
    photo: Uint8Array,
    campaign: CompiledCampaign,
    slots: Readonly<Record<string, string>>,
  ): Promise<readonly RenderedPicture[]>;
}
