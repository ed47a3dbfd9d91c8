import type { ComponentChildren } from 'preact';
import type { CampaignView } from '../../../functions/contracts/campaign.ts';
import type { Job, Result } from '../../../functions/contracts/job.ts';
import { Fan } from '../parts/fan.tsx';
import { Heading } from '../parts/heading.tsx';
import { mosaic } from './mosaic.ts';
import { ResultFigure } from './result-figure.tsx';

interface Props {
  readonly job: Job;
  readonly results: readonly Result[];
  /** Known as long as it is open. */
  readonly campaign: CampaignView | undefined;
  readonly again: ComponentChildren;
  readonly erase: ComponentChildren;
}

/** The finished pictures, to look at and take home. */
export function Results({ job, results, campaign, again, erase }: Props) {
  const labelOf = (result: Result): string =>
    campaign?.variants.find(({ id }) => id === result.variant)?.label ?? result.variant;
  return (
    <div class="results">
      <div class="results-head">
        <Fan lit={5} tight class="results-fan fan-rising" />
        <Heading title="Your pictures are ready" />
        <p class="visually-hidden" role="status">
          Your pictures are ready.
        </p>
        <p>
          {campaign === undefined ? '' : `${campaign.title}. `}
          The address of this page leads back to them.
        </p>
      </div>
      <div class="gallery">
        {mosaic(results).map(({ share, pictures }) => (
          <div class="gallery-column" key={pictures[0]?.variant} style={{ '--share': share }}>
            {pictures.map((result) => (
              <ResultFigure
                key={result.variant}
                result={result}
                label={labelOf(result)}
                campaignId={job.campaign}
              />
            ))}
          </div>
        ))}
      </div>
      <div class="results-foot">
        {again}
        {erase}
      </div>
    </div>
  );
}
