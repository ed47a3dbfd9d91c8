import type { CampaignView } from '../../../functions/contracts/campaign.ts';
import { FailedLoad } from '../parts/failed-load.tsx';
import { Heading } from '../parts/heading.tsx';
import { PauseNotice } from '../parts/pause-notice.tsx';
import type { Load } from '../use-load.ts';
import { BackLink } from './back-link.tsx';
import { CampaignForm, type Sent } from './campaign-form.tsx';
import type { Slots } from './slot-problems.ts';

interface Props {
  readonly campaign: Load<CampaignView>;
  readonly draft: Slots;
  readonly onDraft: (slots: Slots) => void;
  readonly onSent: (sent: Sent) => void;
  readonly onAgain: () => void;
}

/** One campaign: what it makes, and the form to take part. */
export function CampaignPage({ campaign, onAgain, ...form }: Props) {
  if (campaign.state === 'ready') {
    return <CampaignForm campaign={campaign.value} {...form} />;
  }
  return (
    <div class={campaign.state === 'loading' ? 'narrow waiting' : 'narrow'}>
      <BackLink />
      <Heading title={campaign.state === 'loading' ? 'One moment' : 'This campaign cannot be opened'} />
      {campaign.state === 'loading' ? (
        <PauseNotice pause={campaign.pause} />
      ) : (
        <FailedLoad error={campaign.error} onAgain={onAgain} />
      )}
    </div>
  );
}
