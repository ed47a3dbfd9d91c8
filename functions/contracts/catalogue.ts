import type { PromiseDocument } from './promise.ts';

/** A team as everybody may know it: without the places where it is told of alarms. */
export interface CataloguedTeam {
  readonly name: string;
  /** What it answers for, in a sentence. */
  readonly mission: string;
  readonly members: readonly { readonly role: string; readonly does: string }[];
}

/** Every service with what it promises, and the teams that own them: published with the console as `promises.json`. */
export interface Catalogue {
  readonly services: readonly PromiseDocument[];
  readonly teams: readonly CataloguedTeam[];
}
