import { createHash } from 'node:crypto';

/** Raise it when the engine would draw the same campaign differently: old results are then not reused. */
const engineVersion = '1';

/** The identity of a picture: the same photo bytes, words and campaign version give the same key, whoever asks. 64 hexadecimal digits. */
export function pictureKey(
  photo: Uint8Array,
  campaign: { readonly id: string; readonly version: string },
  slots: Readonly<Record<string, string>>,
): string {
  const words = Object.entries(slots).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify([engineVersion, campaign.id, campaign.version, words]))
    .update(createHash('sha256').update(photo).digest())
    .digest('hex');
}
