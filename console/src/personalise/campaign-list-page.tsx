import type { CampaignView } from '../../../functions/contracts/campaign.ts';
import { FailedLoad } from '../parts/failed-load.tsx';
import { Fan } from '../parts/fan.tsx';
import { Heading } from '../parts/heading.tsx';
import { Icon } from '../parts/icon.tsx';
import { PauseNotice } from '../parts/pause-notice.tsx';
import { fragmentOf } from '../route.ts';
import type { Load } from '../use-load.ts';
import { CampaignPictures } from './campaign-pictures.tsx';
import { closesInWords } from './closes-in-words.ts';

interface Props {
  readonly campaigns: Load<readonly CampaignView[]>;
  readonly onAgain: () => void;
}

export function CampaignListPage({ campaigns, onAgain }: Props) {
  return (
    <>
      <div class="hero">
        <Fan lit={5} tight class="hero-fan fan-rising" />
        <Heading title="Campaigns" class="hero-title">
          You, in the picture.
        </Heading>
        <p class="hero-lead">
          Choose a campaign, add your photo and your words. Finished pictures come back in seconds.
        </p>
      </div>
      {campaigns.state === 'loading' && (
        <>
          <PauseNotice pause={campaigns.pause} />
          <div class="tickets waiting" role="status" aria-label="Loading the campaigns">
            <div class="ticket ticket-ghost" />
            <div class="ticket ticket-ghost" />
          </div>
        </>
      )}
      {campaigns.state === 'failed' && <FailedLoad error={campaigns.error} onAgain={onAgain} />}
      {campaigns.state === 'ready' && campaigns.value.length === 0 && (
        <p class="notice">No campaign is open just now. Come back when the next one starts.</p>
      )}
      {campaigns.state === 'ready' && campaigns.value.length > 0 && (
        <ul class="tickets">
          {campaigns.value.map((campaign) => (
            <li key={campaign.id} class="ticket">
              <CampaignPictures campaign={campaign} />
              <div class="ticket-stub">
                <h2 class="ticket-title">
                  <a class="ticket-link" href={fragmentOf({ page: 'campaign', id: campaign.id })}>
                    {campaign.title}
                  </a>
                </h2>
                <p>{campaign.description}</p>
                <p class="ticket-facts">
                  <span>{closesInWords(campaign.closesAt, Date.now())}</span>
                  <Icon name="arrow" />
                </p>
              </div>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
