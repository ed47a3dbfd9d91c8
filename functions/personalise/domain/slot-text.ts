import type { PublishedCampaign } from '../../contracts/campaign.ts';
import type { Coverage } from '../../contracts/coverage.ts';
import { covers } from '../../kernel/drawing/coverage.ts';
import { graphemes } from '../../kernel/drawing/graphemes.ts';
import { upperCase } from '../../kernel/drawing/upper-case.ts';
import {
  faultOf,
  isTower,
  namedCharacters,
  type TextFault,
  undrawableIn,
  withoutShaping,
  withoutUnseen,
} from '../../kernel/drawing/written-text.ts';

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

/** What is drawn for what a person wrote: composed (NFC), on one line, without white space around it or characters nobody sees. */
export function normaliseSlotText(text: string): string {
  const oneLine = withoutUnseen(text).replaceAll(/\s+/gu, ' ').trim();
  return withoutShaping(oneLine).trim() === '' ? '' : oneLine;
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

const faults: Readonly<Record<TextFault['kind'], string>> = {
  malformed: 'is not well-formed Unicode text.',
  control: 'contains control characters, which cannot be drawn.',
  direction:
    'contains invisible characters that change the direction of text; leave them out, the direction follows from the script.',
  'hidden-tag': 'contains invisible tag characters; leave them out.',
};

/** What is wrong with one slot's text, already normalised, in sentences for people. */
export function problemsOfSlotText(text: string, slot: PublishedSlot): string[] {
  if (text === '') {
    return slot.required ? [`“${slot.label}” is required.`] : [];
  }
  const fault = faultOf(text);
  if (fault !== undefined) {
    return [`“${slot.label}” ${faults[fault.kind]}`];
  }
  const characters = graphemes(text);
  const problems: string[] = [];
  if (characters.length > slot.maxLength) {
    problems.push(`“${slot.label}” has ${characters.length} characters; at most ${slot.maxLength} fit.`);
  }
  if (characters.some(isTower)) {
    problems.push(`“${slot.label}” has a letter with too many accents on top of one another.`);
  }
  const undrawable = undrawableIn(text, (character) => canDraw(character, slot));
  if (undrawable.length > 0) {
    problems.push(`${namedCharacters(undrawable)} cannot be drawn in this campaign's font.`);
  }
  return problems;
}

const canDraw = (character: string, { coverage, upperCased }: PublishedSlot): boolean =>
  inCoverage(character, coverage) ||
  (upperCased && [...upperCase(character)].every((one) => inCoverage(one, coverage)));

function inCoverage(character: string, coverage: Coverage): boolean {
  return covers(coverage, character.codePointAt(0) ?? 0);
}
