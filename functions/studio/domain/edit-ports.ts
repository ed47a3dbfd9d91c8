import * as z from 'zod';
import type { StudioIndex } from '../../contracts/template.ts';
import { editIdSchema, editResultSchema, type EditResult, type MakeMessage } from '../../contracts/edit.ts';
import type { Recipe } from '../../contracts/recipe.ts';
import type { EditRecord } from './edit-record.ts';
import type { KnownInputs } from './known-inputs.ts';
import type { Plan } from './plan.ts';
import type { ProbedSource } from './ports.ts';

/** A value with the version under which it was read; `undefined` means that nothing is stored. */
export interface Versioned<T> {
  readonly value: T;
  readonly version: string;
}

/** The truth about edits. Writes answer the new version, or undefined when somebody else wrote first: read again, decide again. */
export interface EditStore {
  get(editId: string): Promise<Versioned<EditRecord> | undefined>;
  create(record: EditRecord): Promise<string | undefined>;
  put(record: EditRecord, expectedVersion: string): Promise<string | undefined>;
}

/** `made/<content key>.json`: who has made the same of the same bytes last. Its file may be gone: then it says nothing. */
export const madeRecordSchema = z.object({
  editId: editIdSchema,
  run: z.ulid(),
  result: editResultSchema,
});
export type MadeRecord = z.infer<typeof madeRecordSchema>;

/** Hints for reuse; whoever wrote last is remembered. */
export interface MadeStore {
  get(contentKey: string): Promise<Versioned<MadeRecord> | undefined>;
  put(contentKey: string, record: MadeRecord): Promise<void>;
  /** Deletes it unless somebody wrote since. */
  delete(contentKey: string, expectedVersion: string): Promise<void>;
}

/** Results. A file belongs to one run of one edit, which alone deletes it. */
export interface ResultFiles {
  /** Stores the file and answers its root-relative address. */
  put(owner: FileOwner, file: MadeFile): Promise<string>;
  /** Copies another edit's file and answers the address of the copy; undefined when that file is gone. */
  copy(from: EditResult, to: FileOwner): Promise<string | undefined>;
  /** Deletes what the run has stored, if anything. */
  delete(owner: FileOwner): Promise<void>;
}

export type FileOwner = Pick<EditRecord, 'id' | 'run'>;

/** Uploaded files, as they were sent. */
export interface UploadStore {
  /** The ETag changes exactly when the bytes do; undefined when there is no such upload. */
  look(uploadId: string): Promise<{ readonly etag: string; readonly size: number } | undefined>;
  get(uploadId: string): Promise<Uint8Array | undefined>;
  delete(uploadId: string): Promise<void>;
}

export interface MakeQueue {
  /** @param afterMs how long it is kept back, at most a quarter of an hour */
  send(message: MakeMessage, afterMs?: number): Promise<void>;
}

/** Templates, stickers and fonts of this deployment. */
export interface StudioLibrary {
  index(): Promise<StudioIndex>;
  /** `file` as named in the index. */
  file(file: string): Promise<Uint8Array>;
}

/**
 * Finds out what a file is, without drawing it. Undefined for a movie where movies cannot be read. Throws a PermanentError for what cannot be used, with what to
 * send instead.
 */
export type ProbeSource = (bytes: Uint8Array) => Promise<ProbedSource | undefined>;

/** Everything that is read for one edit. */
export interface EditInputs {
  readonly known: KnownInputs;
  /** Bytes of uploads, templates and stickers, by `inputKey`. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

export interface MadeFile {
  readonly bytes: Uint8Array;
  readonly result: Omit<EditResult, 'url' | 'bytes'>;
}

/**
 * Draws and encodes. Throws a PermanentError or an HttpProblem for what cannot be made (with the smallest size possible where `maxBytes` cannot be met), and
 * PermanentError `took-too-long` at the deadline; it gives back everything it holds in any case.
 */
export interface EditMaker {
  make(work: {
    readonly recipe: Recipe;
    readonly plan: Plan;
    readonly inputs: EditInputs;
    /** Milliseconds from now. */
    readonly withinMs: number;
  }): Promise<MadeFile>;
}

/** Waits so many milliseconds. */
export type Pause = (milliseconds: number) => Promise<void>;
