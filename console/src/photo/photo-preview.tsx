import { useState } from 'preact/hooks';
import type { CampaignLimits } from '../../../functions/contracts/campaign.ts';
import { checkDimensions, nameOfType } from './check-photo.ts';
import { inBytes } from './in-bytes.ts';
import type { Photo } from './photo.ts';

type Sight = { readonly of: string; readonly text: string; readonly failed: boolean };

interface Props {
  readonly photo: Photo;
  readonly limits: CampaignLimits;
  /** Seeing it showed that it cannot be used. */
  readonly onRefused: (sentence: string) => void;
}

/** The chosen picture as it will be sent. */
export function PhotoPreview({ photo, limits, onRefused }: Props) {
  const [sight, setSight] = useState<Sight>();
  const seen = sight?.of === photo.url ? sight : undefined;
  return (
    <figure class="photo">
      {seen?.failed === true ? (
        <p class="photo-unseen">
          This browser cannot show the picture. It may be damaged, or in a format that is new to it. You can
          send it all the same.
        </p>
      ) : (
        <img
          class="photo-image"
          src={photo.url}
          alt="The picture you chose"
          onLoad={({ currentTarget: { naturalWidth: width, naturalHeight: height } }) => {
            const sentence = checkDimensions({ width, height }, limits);
            if (sentence === undefined) {
              setSight({ of: photo.url, text: `${width} × ${height}`, failed: false });
            } else {
              onRefused(sentence);
            }
          }}
          onError={() => {
            setSight({ of: photo.url, text: '', failed: true });
          }}
        />
      )}
      <figcaption class="photo-facts">
        <span class="photo-name">{photo.name}</span>
        <span>
          {[nameOfType(photo.contentType), inBytes(photo.blob.size), seen?.text ?? '']
            .filter((fact) => fact !== '')
            .join(' · ')}
        </span>
      </figcaption>
    </figure>
  );
}
