/**
 * Where the live stream's records lie: one object a record, so that of several writers one alone can have written a place of a chain. Keys are in the order of the
 * chain.
 */
const chainsPrefix = 'chains/';
/** Where records of a service lie once more, many in one object, for who reads them all. */
const packsPrefix = 'packs/';

const place = (sequence: number): string => String(sequence).padStart(12, '0');

/** What objects of the archive are: a record a line. */
export const ndjson = 'application/x-ndjson';

export const archivePrefixes = [chainsPrefix, packsPrefix] as const;

export const recordsPrefix = (service: string): string => `${chainsPrefix}${encodeURIComponent(service)}/`;
export const recordKey = (service: string, sequence: number): string =>
  `${recordsPrefix(service)}${place(sequence)}.ndjson`;
export const packPrefix = (service: string): string => `${packsPrefix}${encodeURIComponent(service)}/`;
export const packKey = (service: string, first: number, last: number): string =>
  `${packPrefix(service)}${place(first)}-${place(last)}.ndjson`;

/** The service of a folder below one of the prefixes, which ends in a slash. */
export const serviceOfFolder = (folder: string): string => decodeURIComponent(folder.split('/')[1] ?? '');

/** The places in the chain that an object holds. Throws for a key that the archive has not made. */
export function placesOf(key: string): { readonly first: number; readonly last: number } {
  const [, first, last] = /\/(\d{12})(?:-(\d{12}))?\.ndjson$/u.exec(key) ?? [];
  if (first === undefined) {
    throw new Error(`${key} is no object of the archive.`);
  }
  return { first: Number(first), last: Number(last ?? first) };
}
