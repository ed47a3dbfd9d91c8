import type { Edit, EditResult, EditState } from '../../../functions/contracts/edit.ts';
import type { FontList, StickerList, TemplateList } from '../../../functions/contracts/studio-library.ts';
import type { StudioUploadGrant } from '../../../functions/contracts/studio-upload.ts';
import { isAbsentOr, isFieldError, isListOf, isNumber, isShape, isText, isUploadForm } from './shapes.ts';

const isBox = (value: unknown): boolean =>
  isShape(value) && ['left', 'top', 'width', 'height'].every((key) => isNumber(value[key]));

const isCaptionBox = (value: unknown): boolean =>
  isShape(value) &&
  isText(value['label']) &&
  isText(value['example']) &&
  isText(value['font']) &&
  isBox(value['box']);

const isTemplate = (value: unknown): boolean =>
  isShape(value) &&
  isText(value['id']) &&
  isText(value['name']) &&
  isListOf(value['keywords'], isText) &&
  typeof value['isAnimated'] === 'boolean' &&
  isNumber(value['durationMs']) &&
  isNumber(value['width']) &&
  isNumber(value['height']) &&
  isText(value['picture']) &&
  isText(value['preview']) &&
  isListOf(value['captions'], isCaptionBox);

export const isTemplateList = (value: unknown): value is TemplateList =>
  isShape(value) && isListOf(value['templates'], isTemplate);

const isNamed = (value: unknown): boolean => isShape(value) && isText(value['id']) && isText(value['name']);

export const isFontList = (value: unknown): value is FontList =>
  isShape(value) &&
  isListOf(
    value['fonts'],
    (font) => isShape(font) && isNamed(font) && isText(font['style']) && isListOf(font['stack'], isText),
  ) &&
  isListOf(value['files'], (file) => isShape(file) && isText(file['url']) && isText(file['coverage']));

export const isStickerList = (value: unknown): value is StickerList =>
  isShape(value) &&
  isListOf(value['stickers'], (each) => isShape(each) && isNamed(each) && isText(each['picture']));

export const isStudioUploadGrant = (value: unknown): value is StudioUploadGrant =>
  isShape(value) && isText(value['uploadId']) && isUploadForm(value['upload']);

const isResult = (value: unknown): value is EditResult =>
  isShape(value) &&
  // What is shown and linked to comes from the site itself.
  isText(value['url']) &&
  /^\/(?!\/)/u.test(value['url']) &&
  isText(value['format']) &&
  isText(value['contentType']) &&
  ['bytes', 'width', 'height', 'durationMs', 'frames'].every((key) => isNumber(value[key])) &&
  isListOf(value['notes'], isText);

const isFailure = (value: unknown): boolean =>
  isShape(value) &&
  isText(value['code']) &&
  isText(value['message']) &&
  isAbsentOr(value['errors'], (errors) => isListOf(errors, isFieldError));

const states: Readonly<Record<EditState, true>> = { accepted: true, making: true, done: true, failed: true };

export const isEdit = (value: unknown): value is Edit =>
  isShape(value) &&
  isText(value['id']) &&
  isText(value['self']) &&
  isText(value['state']) &&
  Object.hasOwn(states, value['state']) &&
  isAbsentOr(value['result'], isResult) &&
  isAbsentOr(value['failure'], isFailure) &&
  isAbsentOr(value['share'], (share) => isText(share) && share.startsWith('/studio/images/'));
