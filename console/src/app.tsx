import { useState } from 'preact/hooks';
import { getCampaign, listCampaigns } from './api/campaigns.ts';
import { Fan } from './parts/fan.tsx';
import { lazyPage } from './parts/lazy-page.tsx';
import { Wordmark } from './parts/wordmark.tsx';
import type { Sent } from './personalise/campaign-form.tsx';
import { CampaignListPage } from './personalise/campaign-list-page.tsx';
import { CampaignPage } from './personalise/campaign-page.tsx';
import { JobPage } from './personalise/job-page.tsx';
import type { Slots } from './personalise/slot-problems.ts';
import { fragmentOf, type Route } from './route.ts';
import { useLoad } from './use-load.ts';
import { useRoute } from './use-route.ts';

// The audience of a campaign carries none of what makers of memes, operators and teams go to.
const Studio = lazyPage('the studio', async () => (await import('./editor/start/studio.tsx')).Studio);
const ServicesPage = lazyPage(
  'the page of the services',
  async () => (await import('./services/services-page.tsx')).ServicesPage,
);
const DeploymentsPage = lazyPage(
  'the page of the deployments',
  async () => (await import('./deployments/deployments-page.tsx')).DeploymentsPage,
);

export function App() {
  const route = useRoute();
  const [campaigns, loadCampaigns] = useLoad('campaigns', listCampaigns);
  const [drafts, setDrafts] = useState<Readonly<Record<string, Slots>>>({});
  const [sent, setSent] = useState<Sent>();
  const known = campaigns.state === 'ready' ? campaigns.value : [];

  const onSent = (next: Sent): void => {
    if (sent !== undefined) {
      URL.revokeObjectURL(sent.photo.url);
    }
    setSent(next);
    location.hash = fragmentOf({ page: 'job', id: next.job.id });
  };

  const step = studioStep(route);
  // The editor has the whole window, and a bar of its own.
  const isWide = route.page === 'studio-edit' && route.recipe === undefined;
  return (
    <>
      {!isWide && (
        <header class="top">
          <a class="top-home" href={fragmentOf({ page: 'campaigns' })} aria-label="Fanfare: all campaigns">
            <Fan lit={5} tight class="top-fan" />
            <Wordmark />
          </a>
          <a
            class="top-link"
            href={fragmentOf({ page: 'studio' })}
            aria-current={step === undefined ? undefined : 'page'}
          >
            Studio
          </a>
        </header>
      )}
      <main class={isWide ? 'main-wide' : undefined}>
        {step !== undefined && (
          <Studio step={step} recipe={route.page === 'studio-edit' ? route.recipe : undefined} />
        )}
        {route.page === 'campaigns' && <CampaignListPage campaigns={campaigns} onAgain={loadCampaigns} />}
        {route.page === 'campaign' && (
          <LoadedCampaignPage
            key={route.id}
            id={route.id}
            draft={drafts[route.id] ?? {}}
            onDraft={(slots) => {
              setDrafts((all) => ({ ...all, [route.id]: slots }));
            }}
            onSent={onSent}
          />
        )}
        {route.page === 'job' && (
          <JobPage
            key={route.id}
            id={route.id}
            sent={sent?.job.id === route.id ? sent : undefined}
            campaigns={known}
          />
        )}
        {route.page === 'services' && <ServicesPage service={route.service} promise={route.promise} />}
        {route.page === 'deployments' && <DeploymentsPage {...route} />}
      </main>
      {!isWide && (
        <footer class="foot">
          <p>Your photo makes your pictures and nothing else.</p>
          <a href={fragmentOf({ page: 'services' })}>Services and what they promise</a>
          <a href={fragmentOf({ page: 'deployments' })}>Deployments and incidents</a>
        </footer>
      )}
    </>
  );
}

const studioSteps = { studio: 'start', 'studio-edit': 'edit', 'studio-make': 'make' } as const;

const studioStep = ({ page }: Route) =>
  page === 'studio' || page === 'studio-edit' || page === 'studio-make' ? studioSteps[page] : undefined;

type LoadedProps = Omit<Parameters<typeof CampaignPage>[0], 'campaign' | 'onAgain'> & { readonly id: string };

/** Asked for anew, not taken from the list: only the service can say that a campaign has just closed or when it opens. */
function LoadedCampaignPage({ id, ...props }: LoadedProps) {
  const [campaign, again] = useLoad(id, (signal) => getCampaign(id, signal));
  return <CampaignPage campaign={campaign} onAgain={again} {...props} />;
}
