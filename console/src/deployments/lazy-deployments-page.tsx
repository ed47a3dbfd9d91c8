import { UnreachableError } from '../api/errors.ts';
import { FailedLoad } from '../parts/failed-load.tsx';
import { PauseNotice } from '../parts/pause-notice.tsx';
import { useLoad } from '../use-load.ts';
import type { Looking } from './looking.ts';

/** The audience of a campaign does not carry the page that teams read, nor its charts. */
async function loadPage() {
  try {
    return (await import('./deployments-page.tsx')).DeploymentsPage;
  } catch (cause) {
    throw new UnreachableError('the page of the deployments could not be loaded', { cause });
  }
}

export function LazyDeploymentsPage(props: Looking) {
  const [page, again] = useLoad('deployments-page', loadPage);
  switch (page.state) {
    case 'loading':
      return <PauseNotice pause={page.pause} />;
    case 'failed':
      return <FailedLoad error={page.error} onAgain={again} />;
    case 'ready': {
      const Page = page.value;
      return <Page {...props} />;
    }
  }
}
