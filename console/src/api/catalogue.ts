import type { Catalogue, CataloguedTeam } from '../../../functions/contracts/catalogue.ts';
import type { Dependency, PromiseDocument, ServicePromise } from '../../../functions/contracts/promise.ts';
import { request } from './request.ts';
import { isAbsentOr, isListOf, isNumber, isShape, isText } from './shapes.ts';

/** Every service with what it promises, and the teams. */
export async function getCatalogue(signal: AbortSignal): Promise<Catalogue> {
  return (await request('/promises.json', isCatalogue, { signal })).value;
}

const isObjective = (value: unknown): boolean =>
  isShape(value) && (isNumber(value['atLeast']) || isNumber(value['atMost']));

const isMeasure = (value: unknown): boolean =>
  isShape(value) && (value['kind'] === 'ratio' || (value['kind'] === 'bound' && isText(value['unit'])));

const isPromise = (value: unknown): value is ServicePromise =>
  isShape(value) &&
  isText(value['id']) &&
  isText(value['statement']) &&
  isMeasure(value['measure']) &&
  isObjective(value['objective']) &&
  isNumber(value['windowDays']) &&
  isListOf(value['conditions'], isText) &&
  isShape(value['whenBroken']) &&
  isText(value['whenBroken']['consumerSees']) &&
  isText(value['whenBroken']['consumerShould']) &&
  isNumber(value['minimumTraffic']);

const isAlternative = (value: unknown): boolean =>
  isShape(value) && isText(value['kind']) && isText(value['how']);

const isDependency = (value: unknown): value is Dependency =>
  isShape(value) &&
  isShape(value['on']) &&
  (isText(value['on']['provider']) || (isText(value['on']['service']) && isText(value['on']['promise']))) &&
  isText(value['whenBroken']) &&
  isListOf(value['alternatives'], isAlternative) &&
  isAbsentOr(value['singlePointOfFailure'], isText);

const isExpectation = (value: unknown): boolean =>
  isShape(value) && isText(value['of']) && isText(value['what']) && isText(value['otherwise']);

const isChange = (value: unknown): boolean =>
  isShape(value) && isText(value['version']) && isText(value['date']) && isText(value['what']);

const isStep = (value: unknown): boolean => isShape(value) && isText(value['look']);

const isChecklist = (value: unknown): boolean =>
  isShape(value) && isListOf(value['alarms'], isText) && isListOf(value['steps'], isStep);

const isDocument = (value: unknown): value is PromiseDocument =>
  isShape(value) &&
  isText(value['service']) &&
  isText(value['product']) &&
  isText(value['team']) &&
  isText(value['version']) &&
  isText(value['description']) &&
  isListOf(value['changes'], isChange) &&
  isListOf(value['promises'], isPromise) &&
  isListOf(value['dependsOn'], isDependency) &&
  isListOf(value['expects'], isExpectation) &&
  isListOf(value['checklist'], isChecklist);

const isMember = (value: unknown): boolean =>
  isShape(value) && isText(value['role']) && isText(value['does']);

const isTeam = (value: unknown): value is CataloguedTeam =>
  isShape(value) && isText(value['name']) && isText(value['mission']) && isListOf(value['members'], isMember);

export const isCatalogue = (value: unknown): value is Catalogue =>
  isShape(value) && isListOf(value['services'], isDocument) && isListOf(value['teams'], isTeam);
