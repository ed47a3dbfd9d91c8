import type { Clock } from '../../kernel/clock.ts';
import { PermanentError } from '../../kernel/errors.ts';
import { letGo } from '../../kernel/let-go.ts';
import type { Meter } from '../../kernel/meter.ts';
import { type Failure, failureSchema, type Result } from '../../contracts/job.ts';
import { personaliseMetrics } from '../metrics.ts';
import { changeJob } from './change-job.ts';
import type { JobChange, JobRecord } from './job-record.ts';
import { judgeUpload } from './judge-upload.ts';
import { pictureKey } from './picture-key.ts';
import type { PictureRecord } from './picture-record.ts';
import type {
  CampaignAssets,
  JobProjection,
  JobStore,
  PictureMaker,
  PictureStore,
  RenderLease,
  UploadStore,
  Versioned,
} from './ports.ts';
import { commitPicture, joinPicture, leavePicture } from './share-picture.ts';

export interface RenderJobDeps {
  readonly jobs: JobStore;
  readonly projection: JobProjection;
  readonly uploads: UploadStore;
  readonly pictures: PictureStore;
  readonly lease: RenderLease;
  readonly assets: CampaignAssets;
  readonly maker: PictureMaker;
  readonly meter: Meter;
  readonly clock: Clock;
}

/**
 * Brings a job to its end: `done` with its pictures, or `failed` with the reason. Any step may be repeated after a crash; a job that has ended, or was erased,
 * is only shown. Throws for what a retry may mend.
 */
export async function renderJob(deps: RenderJobDeps, jobId: string): Promise<void> {
  const stored = await deps.jobs.get(jobId);
  if (stored === undefined) {
    return;
  }
  const record = stored.value;
  if (record.erasedAt !== undefined || record.state === 'done' || record.state === 'failed') {
    await deps.projection.show(record);
    return;
  }
  const photo = await deps.uploads.get(jobId);
  const failure = photo === undefined ? uploadGone : refusalOf(photo, record);
  if (photo === undefined || failure !== undefined) {
    await end(deps, stored, { to: 'failed', failure: failure ?? uploadGone });
    return;
  }
  await render(deps, stored, photo);
  letGo(photo);
}

async function render(deps: RenderJobDeps, accepted: Versioned<JobRecord>, photo: Uint8Array): Promise<void> {
  const { id, campaign, campaignVersion, slots } = accepted.value;
  const key = pictureKey(photo, { id: campaign, version: campaignVersion }, slots);
  const started = await changeJob(deps, accepted, { to: 'rendering', pictureKey: key });
  if (started.kind === 'gone') {
    return;
  }
  await deps.projection.show(started.job.value);
  const change = await obtainPicture(deps, { ...started.job.value, pictureKey: key }, photo).then(
    ({ results }): Ending => ({ to: 'done', pictureKey: key, results }),
    (error: unknown): Ending => ({ to: 'failed', failure: failureOf(error) }),
  );
  if (!(await end(deps, started.job, change))) {
    // Erased while it was rendered: what was made for it goes too.
    await leavePicture(deps.pictures, key, id);
  }
}

/** The finished picture: one that somebody has made already, or a new one, made once however many ask for it at the same time. */
async function obtainPicture(
  deps: RenderJobDeps,
  job: JobRecord & { pictureKey: string },
  photo: Uint8Array,
): Promise<PictureRecord> {
  return deps.lease.withLease(job.pictureKey, async () => {
    const finished = await joinPicture(deps.pictures, job.pictureKey, job.id);
    if (finished === undefined) {
      return commitPicture(deps.pictures, await makePicture(deps, job, photo));
    }
    deps.meter.count(personaliseMetrics.pictureReused);
    return finished;
  });
}

async function makePicture(
  deps: RenderJobDeps,
  job: JobRecord & { pictureKey: string },
  photo: Uint8Array,
): Promise<PictureRecord> {
  const startedAt = deps.clock();
  const campaign = await deps.assets.campaign(job.campaign, job.campaignVersion);
  const pictures = await deps.maker.make(photo, campaign, job.slots);
  const file = { pictureKey: job.pictureKey, renderedBy: job.id };
  const results = await Promise.all(
    pictures.map(async (picture): Promise<Result> => ({
      variant: picture.variant,
      url: await deps.pictures.putVariant({ ...file, picture }),
      width: picture.width,
      height: picture.height,
      format: picture.format,
      bytes: picture.bytes.byteLength,
    })),
  );
  deps.meter.count(personaliseMetrics.pictureRendered);
  deps.meter.time(personaliseMetrics.renderDuration, deps.clock() - startedAt);
  return { key: job.pictureKey, renderedBy: job.id, results, jobs: [job.id] };
}

type Ending = Extract<JobChange, { to: 'done' | 'failed' }>;

/** Answers false when the job is gone. */
async function end(deps: RenderJobDeps, job: Versioned<JobRecord>, change: Ending): Promise<boolean> {
  const outcome = await changeJob(deps, job, change);
  if (outcome.kind === 'gone') {
    return false;
  }
  const { value } = outcome.job;
  if (outcome.kind === 'changed') {
    const acceptedAt = value.times.accepted ?? value.times['awaiting-upload'];
    deps.meter.count(change.to === 'done' ? personaliseMetrics.jobDone : personaliseMetrics.jobFailed);
    deps.meter.time(personaliseMetrics.jobDuration, (value.times[change.to] ?? acceptedAt) - acceptedAt);
  }
  await deps.projection.show(value);
  return true;
}

const uploadGone: Failure = {
  code: 'upload-missing',
  message: 'The uploaded file is no longer there. Please send it again.',
};

/** The upload may have been replaced since it was judged, as long as its policy was valid: what is drawn is judged again. */
function refusalOf(photo: Uint8Array, record: JobRecord): Failure | undefined {
  const judgement = judgeUpload(photo, photo.byteLength, record.limits);
  return judgement.verdict === 'refused' ? judgement.failure : undefined;
}

/** The failure to record; what a retry may mend is thrown on. */
function failureOf(error: unknown): Failure {
  if (error instanceof PermanentError) {
    return failureSchema.parse({ code: error.code, message: error.message });
  }
  throw error;
}
