import type { PictureRecord } from './picture-record.ts';
import type { PictureStore, Versioned } from './ports.ts';

const maxAttempts = 8;

/** Adds a job to those that share a finished picture. Undefined when there is no such picture (any more). */
export async function joinPicture(
  pictures: PictureStore,
  key: string,
  jobId: string,
): Promise<PictureRecord | undefined> {
  return retrying(`job ${jobId} was to join the picture ${key}`, async () => {
    const stored = await pictures.get(key);
    if (stored === undefined || stored.value.jobs.length === 0) {
      return { result: undefined };
    }
    if (stored.value.jobs.includes(jobId)) {
      return { result: stored.value };
    }
    const joined = { ...stored.value, jobs: [...stored.value.jobs, jobId] };
    return (await pictures.put(joined, stored.version)) === undefined ? undefined : { result: joined };
  });
}

/** Makes a rendered picture known. When another render of it was finished first, that one is joined and this one's files are deleted. */
export async function commitPicture(pictures: PictureStore, rendered: PictureRecord): Promise<PictureRecord> {
  const { key, renderedBy } = rendered;
  const committed =
    (await pictures.create(rendered)) === undefined ? await joinOrReplace(pictures, rendered) : rendered;
  if (committed.renderedBy !== renderedBy) {
    await pictures.deleteVariants(key, renderedBy);
  }
  return committed;
}

async function joinOrReplace(pictures: PictureStore, rendered: PictureRecord): Promise<PictureRecord> {
  return retrying(`the picture ${rendered.key} was to be committed`, async () => {
    const first = await joinPicture(pictures, rendered.key, rendered.renderedBy);
    if (first !== undefined) {
      return { result: first };
    }
    const abandoned = await pictures.get(rendered.key);
    const isFree = abandoned === undefined || abandoned.value.jobs.length === 0;
    const version = isFree
      ? await (abandoned === undefined
          ? pictures.create(rendered)
          : pictures.put(rendered, abandoned.version))
      : undefined;
    return version === undefined ? undefined : { result: rendered };
  });
}

/** Takes a job away from a picture; the last to go takes the files along. May be repeated after a crash at any point. */
export async function leavePicture(pictures: PictureStore, key: string, jobId: string): Promise<void> {
  const left = await retrying(`job ${jobId} was to leave the picture ${key}`, async () => {
    const stored = await pictures.get(key);
    if (stored === undefined || !stored.value.jobs.includes(jobId)) {
      return { result: stored };
    }
    const without = { ...stored.value, jobs: stored.value.jobs.filter((id) => id !== jobId) };
    const version = await pictures.put(without, stored.version);
    return version === undefined ? undefined : { result: { value: without, version } };
  });
  if (left?.value.renderedBy !== jobId) {
    // What an interrupted render of this job may have left.
    await pictures.deleteVariants(key, jobId);
  }
  if (left !== undefined) {
    await deleteIfAbandoned(pictures, left);
  }
}

async function deleteIfAbandoned(pictures: PictureStore, left: Versioned<PictureRecord>): Promise<void> {
  const { key, jobs, renderedBy } = left.value;
  if (jobs.length === 0) {
    // The record goes last, so that a crash here is mended by the next try; it stays when a new render has taken its place.
    await pictures.deleteVariants(key, renderedBy);
    await pictures.delete(key, left.version);
  }
}

async function retrying<T>(what: string, attempt: () => Promise<{ result: T } | undefined>): Promise<T> {
  for (let attempts = 0; attempts < maxAttempts; attempts += 1) {
    const done = await attempt();
    if (done !== undefined) {
      return done.result;
    }
  }
  throw new Error(`Others wrote first ${maxAttempts} times while ${what}`);
}
