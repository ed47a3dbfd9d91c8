import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { CampaignView } from '../../../functions/contracts/campaign.ts';
import { RefusedError } from '../api/errors.ts';
import type { Pause } from '../api/patience.ts';
import { type Sighting, watchJob } from '../api/watch-job.ts';
import { FailedLoad } from '../parts/failed-load.tsx';
import { Fan } from '../parts/fan.tsx';
import { Heading } from '../parts/heading.tsx';
import { PauseNotice } from '../parts/pause-notice.tsx';
import { fragmentOf } from '../route.ts';
import { BackLink } from './back-link.tsx';
import type { Sent } from './campaign-form.tsx';
import { EraseButton } from './erase-button.tsx';
import { Progress } from './progress.tsx';
import { Results } from './results.tsx';
import { stageOf } from './stages.ts';

interface Props {
  readonly id: string;
  /** The photo and what is known of its job, when it was sent from this page a moment ago. */
  readonly sent: Sent | undefined;
  readonly campaigns: readonly CampaignView[];
}

/** A job from the arrival of its photo to its pictures. */
export function JobPage({ id, sent, campaigns }: Props) {
  const [sighting, setSighting] = useState<Sighting | undefined>(sent && { job: sent.job, lapsed: false });
  const [pause, setPause] = useState<Pause>();
  const [error, setError] = useState<unknown>();
  const [erased, setErased] = useState(false);
  const [round, setRound] = useState(0);
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    setError(undefined);
    watchJob(id, { signal, onPause: setPause, onSighting: setSighting }).catch((failure: unknown) => {
      if (!signal.aborted) {
        setError(failure);
      }
    });
    return () => {
      controller.abort();
    };
  }, [id, round]);

  if (erased) {
    return (
      <Ending title="Everything is erased" lit={0}>
        <p>Your photo and the pictures made from it are gone.</p>
        <AgainLink campaign={sighting?.job.campaign} words="Start again" />
      </Ending>
    );
  }
  if (error instanceof RefusedError && [404, 410].includes(error.problem.status)) {
    return (
      <Ending title="There is nothing here" lit={0}>
        <p>{error.problem.detail}</p>
        <AgainLink campaign={undefined} words="Start again" />
      </Ending>
    );
  }
  if (error !== undefined) {
    return (
      <Ending title="Your pictures could not be asked for">
        <FailedLoad error={error} onAgain={() => setRound(round + 1)} />
      </Ending>
    );
  }
  if (sighting === undefined) {
    return (
      <Ending title="One moment">
        <PauseNotice pause={pause} />
      </Ending>
    );
  }
  const { job, lapsed } = sighting;
  const erase = <EraseButton jobId={job.id} onErased={() => setErased(true)} />;
  if (job.state === 'failed') {
    return (
      <Ending title="That did not work" lit={2}>
        <p class="notice notice-problem" role="alert">
          {job.failure?.message ?? 'The pictures could not be made.'}
        </p>
        <AgainLink campaign={job.campaign} words="Try another picture" />
        {erase}
      </Ending>
    );
  }
  if (lapsed) {
    return (
      <Ending title="Your picture did not arrive" lit={0}>
        <p>The upload was not finished in time, so nothing was made.</p>
        <AgainLink campaign={job.campaign} words="Send it again" />
      </Ending>
    );
  }
  if (job.state === 'done') {
    return (
      <Results
        job={job}
        results={job.results ?? []}
        campaign={campaigns.find((each) => each.id === job.campaign)}
        again={<AgainLink campaign={job.campaign} words="Make another" />}
        erase={erase}
      />
    );
  }
  return <Progress stage={stageOf(job.state)} photoUrl={sent?.photo.url} pause={pause} />;
}

interface EndingProps {
  readonly title: string;
  /** How far the photo came, in blades of the fan; none when that is not known. */
  readonly lit?: number;
  readonly children: ComponentChildren;
}

function Ending({ title, lit, children }: EndingProps) {
  return (
    <div class={lit === undefined ? 'narrow waiting' : 'narrow'}>
      <BackLink />
      {lit !== undefined && <Fan lit={lit} tight class="ending-fan" />}
      <Heading key={title} title={title} />
      <div class="ending">{children}</div>
    </div>
  );
}

function AgainLink({ campaign, words }: { readonly campaign: string | undefined; readonly words: string }) {
  return (
    <a
      class="button button-strong"
      href={fragmentOf(campaign === undefined ? { page: 'campaigns' } : { page: 'campaign', id: campaign })}
    >
      {words}
    </a>
  );
}
