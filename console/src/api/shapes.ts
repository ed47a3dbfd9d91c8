import type { CampaignList, CampaignView } from '../../../functions/contracts/campaign.ts';
import type { Job, JobState, Result } from '../../../functions/contracts/job.ts';
import type { OutputFormat } from '../../../functions/contracts/picture-type.ts';
import type { Problem } from '../../../functions/contracts/problem.ts';
import type { UploadGrant } from '../../../functions/contracts/upload-request.ts';

// The contracts' own schemas would bring a validation library to every phone. These look only at what the page goes on to use; the
// server is tested against the schemas.

export type Shape = Record<string, unknown>;

export const isShape = (value: unknown): value is Shape => typeof value === 'object' && value !== null;
export const isText = (value: unknown): value is string => typeof value === 'string';
export const isNumber = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value);
export const isListOf = (value: unknown, isItem: (item: unknown) => boolean): boolean =>
  Array.isArray(value) && value.every((item) => isItem(item));
export const isAbsentOr = (value: unknown, is: (value: unknown) => boolean): boolean =>
  value === undefined || is(value);

const jobStates: Readonly<Record<JobState, true>> = {
  'awaiting-upload': true,
  accepted: true,
  rendering: true,
  done: true,
  failed: true,
};

const formats: Readonly<Record<OutputFormat, true>> = { jpeg: true, png: true, webp: true, avif: true };

const isResult = (value: unknown): value is Result =>
  isShape(value) &&
  isText(value['variant']) &&
  isText(value['url']) &&
  isText(value['format']) &&
  Object.hasOwn(formats, value['format']) &&
  isNumber(value['width']) &&
  isNumber(value['height']) &&
  isNumber(value['bytes']);

export const isJob = (value: unknown): value is Job =>
  isShape(value) &&
  isText(value['id']) &&
  isText(value['self']) &&
  isText(value['campaign']) &&
  isText(value['uploadExpiresAt']) &&
  isText(value['state']) &&
  Object.hasOwn(jobStates, value['state']) &&
  isAbsentOr(value['results'], (results) => isListOf(results, isResult)) &&
  isAbsentOr(
    value['failure'],
    (failure) => isShape(failure) && isText(failure['code']) && isText(failure['message']),
  );

/** What a file is sent with to the storage. */
export const isUploadForm = (value: unknown): boolean =>
  isShape(value) &&
  isText(value['url']) &&
  isShape(value['fields']) &&
  Object.values(value['fields']).every(isText) &&
  isNumber(value['maxBytes']);

export const isUploadGrant = (value: unknown): value is UploadGrant =>
  isShape(value) && isText(value['jobId']) && isJob(value['job']) && isUploadForm(value['upload']);

const isSlot = (value: unknown): boolean =>
  isShape(value) &&
  isText(value['id']) &&
  isText(value['label']) &&
  isText(value['example']) &&
  isAbsentOr(value['hint'], isText) &&
  typeof value['required'] === 'boolean' &&
  isNumber(value['maxLength']);

const isVariant = (value: unknown): boolean =>
  isShape(value) &&
  isText(value['id']) &&
  isText(value['label']) &&
  isText(value['previewUrl']) &&
  isNumber(value['width']) &&
  isNumber(value['height']);

const isLimits = (value: unknown): boolean =>
  isShape(value) &&
  isNumber(value['maxBytes']) &&
  isNumber(value['maxPixels']) &&
  isNumber(value['minPixelsPerSide']);

export const isCampaign = (value: unknown): value is CampaignView =>
  isShape(value) &&
  isText(value['id']) &&
  isText(value['title']) &&
  isText(value['description']) &&
  isText(value['closesAt']) &&
  isLimits(value['limits']) &&
  isListOf(value['slots'], isSlot) &&
  isListOf(value['variants'], isVariant);

export const isCampaignList = (value: unknown): value is CampaignList =>
  isShape(value) && isListOf(value['campaigns'], isCampaign);

export const isFieldError = (value: unknown): boolean =>
  isShape(value) && isText(value['pointer']) && isText(value['detail']);

export const isProblem = (value: unknown): value is Problem =>
  isShape(value) &&
  isText(value['type']) &&
  isText(value['title']) &&
  isText(value['detail']) &&
  isNumber(value['status']) &&
  isAbsentOr(value['errors'], (errors) => isListOf(errors, isFieldError));
