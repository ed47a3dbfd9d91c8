import type { PublishedCampaign } from '../../contracts/campaign.ts';
import type { Coverage } from '../../contracts/coverage.ts';
import { covers } from '../../kernel/drawing/coverage.ts';
import { graphemes } from '../../kernel/drawing/graphemes.ts';
import { upperCase } from '../../kernel/drawing/upper-case.ts';

type PublishedSlot = PublishedCampaign['slots'][number];

export interface SlotProblem {
  /** The slot's id, as it was sent. */
  readonly slot: string;
  /** A sentence for people. */
  readonly detail: string;
}

export type SlotCheck =
  | { readonly ok: true; readonly slots: Record<string, string> }
  | { readonly ok: false; readonly problems: readonly SlotProblem[] };

/** Zero-width space, word joiner, byte order mark, soft hyphen: pasted unseen, worth nothing in a picture. */
const unseen = /[\u200B\u2060\uFEFF\u00AD]/gu;
/** Marks, embeddings, overrides and isolates would let a text look other than it reads; scripts bring their direction themselves. */
const directionChange = /[\u202A-\u202E\u2066-\u2069]/u;
// oxlint-disable-next-line no-control-regex -- control characters are what this looks for
const control = /[\u0000-\u001F\u007F-\u009F\uFFF9-\uFFFB]/u;
/** Tags spell the flags of regions after a black flag; anywhere else they hide text. */
const hiddenTag = /[\u{E0000}-\u{E007F}]/u;
const regionFlag = /\u{1F3F4}[\u{E0020}-\u{E007E}]+\u{E007F}/gu;
/** Characters that no font needs to draw: they only choose how their neighbours look. */
const shaping = /[\p{Variation_Selector}\u200C-\u200F\u061C\u180E]|\u034F/gu;
/** The longest emoji people send has eleven. */
const maxCodePointsPerCharacter = 16;
/** No language stacks more on one letter; people do who want to draw outside of the lines. */
const maxAccentsPerCharacter = 4;
const maxNamed = 10;

/** What is drawn for what a person wrote: composed (NFC), on one line, without white space around it or characters nobody sees. */
export function normaliseSlotText(text: string): string {
  const oneLine = text.replaceAll(unseen, '').normalize('NFC').replaceAll(/\s+/gu, ' ').trim();
  return oneLine.replaceAll(shaping, '').trim() === '' ? '' : oneLine;
}

/**
 * Judges what a person wrote in a campaign's slots: everything required is there, of the right length and can be drawn in the campaign's fonts.
 * Answers the text to draw, in the campaign's order and without empty slots, or every problem that was found.
 */
export function checkSlots(slots: Readonly<Record<string, string>>, campaign: PublishedCampaign): SlotCheck {
  const known = new Set(campaign.slots.map(({ id }) => id));
  const problems = Object.keys(slots)
    .filter((id) => !known.has(id))
    .map((id) => ({ slot: id, detail: unknownSlot(id, campaign) }));
  const accepted: Record<string, string> = {};
  for (const slot of campaign.slots) {
    const written = Object.hasOwn(slots, slot.id) ? (slots[slot.id] ?? '') : '';
    const text = normaliseSlotText(written);
    const found = problemsOfSlotText(text, slot);
    problems.push(...found.map((detail) => ({ slot: slot.id, detail })));
    if (text !== '') {
      accepted[slot.id] = text;
    }
  }
  return problems.length === 0 ? { ok: true, slots: accepted } : { ok: false, problems };
}

function unknownSlot(id: string, campaign: PublishedCampaign): string {
  const choice =
    campaign.slots.length === 0
      ? 'It has no slots.'
      : `Its slots are ${campaign.slots.map((slot) => `“${slot.id}”`).join(', ')}.`;
  return `The campaign “${campaign.title}” has no slot “${id}”. ${choice}`;
}

/** What is wrong with one slot's text, already normalised, in sentences for people. */
export function problemsOfSlotText(text: string, slot: PublishedSlot): string[] {
  if (text === '') {
    return slot.required ? [`“${slot.label}” is required.`] : [];
  }
  if (!text.isWellFormed()) {
    return [`“${slot.label}” is not well-formed Unicode text.`];
  }
  if (control.test(text)) {
    return [`“${slot.label}” contains control characters, which cannot be drawn.`];
  }
  if (directionChange.test(text)) {
    return [
      `“${slot.label}” contains invisible characters that change the direction of text; leave them out, the direction follows from the script.`,
    ];
  }
  if (hiddenTag.test(text.replaceAll(regionFlag, ''))) {
    return [`“${slot.label}” contains invisible tag characters; leave them out.`];
  }
  const characters = graphemes(text);
  const problems: string[] = [];
  if (characters.length > slot.maxLength) {
    problems.push(`“${slot.label}” has ${characters.length} characters; at most ${slot.maxLength} fit.`);
  }
  if (characters.some(isTower)) {
    problems.push(`“${slot.label}” has a letter with too many accents on top of one another.`);
  }
  const undrawable = [...new Set(characters.filter((character) => !canDraw(character, slot)))];
  if (undrawable.length > 0) {
    problems.push(`${inWords(undrawable)} cannot be drawn in this campaign's font.`);
  }
  return problems;
}

function isTower(character: string): boolean {
  const accents = character.replaceAll(shaping, '').match(/\p{Mn}/gu) ?? [];
  return accents.length > maxAccentsPerCharacter || Array.from(character).length > maxCodePointsPerCharacter;
}

function canDraw(character: string, { coverage, upperCased }: PublishedSlot): boolean {
  return [...character.replaceAll(shaping, '')].every(
    (each) =>
      each === ' ' ||
      inCoverage(each, coverage) ||
      (upperCased && [...upperCase(each)].every((one) => inCoverage(one, coverage))),
  );
}

function inCoverage(character: string, coverage: Coverage): boolean {
  return covers(coverage, character.codePointAt(0) ?? 0);
}

function inWords(characters: readonly string[]): string {
  const named = characters.slice(0, maxNamed).map((character) => `“${character}”`);
  const more = characters.length - named.length;
  return named.join(', ') + (more > 0 ? ` and ${more} more` : '');
}
