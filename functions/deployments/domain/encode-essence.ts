import type { Essence } from './essence.ts';

/** The order in which an essence is written down; new ones go to the end. Its identity is its key. */
const fields = [
  'sequence',
  'type',
  'atMs',
  'receivedMs',
  'subject',
  'context',
  'chain',
  'environment',
  'artifact',
  'change',
  'links',
  'onsetMs',
  'committedMs',
  'unplanned',
  'marks',
] as const satisfies readonly Exclude<keyof Essence, 'identity'>[];

/** An essence in few bytes: a JSON array without what is missing at its end. */
export function encodeEssence(essence: Essence): string {
  const values = fields.map((field) => essence[field] ?? null);
  const last = values.findLastIndex((value) => value !== null);
  return JSON.stringify(values.slice(0, last + 1));
}

type Row = [
  sequence: number,
  type: string,
  atMs: number,
  receivedMs: number,
  subject: string,
  context: string,
  chain?: string | null,
  environment?: string | null,
  artifact?: string | null,
  change?: string | null,
  links?: string[] | null,
  onsetMs?: number | null,
  committedMs?: number | null,
  unplanned?: boolean | null,
  marks?: NonNullable<Essence['marks']> | null,
];

/** @param text what `encodeEssence` wrote: nobody else writes there */
export function decodeEssence(identity: string, text: string): Essence {
  const row: Row = JSON.parse(text);
  return {
    identity,
    sequence: row[0],
    type: row[1],
    atMs: row[2],
    receivedMs: row[3],
    subject: row[4],
    context: row[5],
    chain: row[6] ?? undefined,
    environment: row[7] ?? undefined,
    artifact: row[8] ?? undefined,
    change: row[9] ?? undefined,
    links: row[10] ?? undefined,
    onsetMs: row[11] ?? undefined,
    committedMs: row[12] ?? undefined,
    unplanned: row[13] ?? undefined,
    marks: row[14] ?? undefined,
  };
}
