import type { CampaignView } from '../../../functions/contracts/campaign.ts';
import { mosaic } from './mosaic.ts';

/** The rendered examples of all of a campaign's variants, as one block. */
export function CampaignPictures({ campaign }: { readonly campaign: CampaignView }) {
  return (
    <div class="mosaic">
      {mosaic(campaign.variants).map(({ share, pictures }) => (
        <div class="mosaic-column" key={pictures[0]?.id} style={{ '--share': share }}>
          {pictures.map(({ id, label, width, height, previewUrl }) => (
            <img
              key={id}
              src={previewUrl}
              width={width}
              height={height}
              alt={`Example: ${label}`}
              decoding="async"
            />
          ))}
        </div>
      ))}
    </div>
  );
}
