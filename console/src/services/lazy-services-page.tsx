import { UnreachableError } from '../api/errors.ts';
import { FailedLoad } from '../parts/failed-load.tsx';
import { PauseNotice } from '../parts/pause-notice.tsx';
import { useLoad } from '../use-load.ts';

/** The audience of a campaign does not carry the page that operators read: it is loaded when it is asked for. */
async function loadPage() {
  try {
    return (await import('./services-page.tsx')).ServicesPage;
  } catch (cause) {
    throw new UnreachableError('the page of the services could not be loaded', { cause });
  }
}

export function LazyServicesPage(props: {
  readonly service: string | undefined;
  readonly promise: string | undefined;
}) {
  const [page, again] = useLoad('services-page', loadPage);
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
