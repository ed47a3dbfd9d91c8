import type { CampaignLimits } from '../../../functions/contracts/campaign.ts';
import type { UploadContentType } from '../../../functions/contracts/picture-type.ts';
import { checkPhoto } from './check-photo.ts';
import { sniffBytes } from './sniff-picture.ts';

/** A picture that a person chose and that may be sent. */
export interface Photo {
  readonly blob: Blob;
  readonly name: string;
  readonly contentType: UploadContentType;
  /** An object URL that shows it in this page; whoever drops the photo revokes it. */
  readonly url: string;
}

export type Choice = { readonly photo: Photo } | { readonly sentence: string };

/** A photo from a file, or the sentence that says why it cannot be used. */
export async function photoFrom(file: File, limits: CampaignLimits): Promise<Choice> {
  let head: Uint8Array;
  try {
    head = new Uint8Array(await file.slice(0, sniffBytes).arrayBuffer());
  } catch {
    // A folder, or a file that was moved or is still in somebody's cloud.
    return { sentence: `“${file.name}” could not be read. Choose another picture.` };
  }
  const check = checkPhoto({ name: file.name, size: file.size, head }, limits);
  if (!check.ok) {
    return { sentence: check.sentence };
  }
  return {
    photo: { blob: file, name: file.name, contentType: check.contentType, url: URL.createObjectURL(file) },
  };
}
