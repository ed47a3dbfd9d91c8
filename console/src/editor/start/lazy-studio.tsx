import { UnreachableError } from '../../api/errors.ts';
import { FailedLoad } from '../../parts/failed-load.tsx';
import { PauseNotice } from '../../parts/pause-notice.tsx';
import { useLoad } from '../../use-load.ts';
import type { StudioProps } from './studio.tsx';

/** The audience of a campaign does not carry the editor: it is loaded when somebody goes there. */
async function loadStudio() {
  try {
    return (await import('./studio.tsx')).Studio;
  } catch (cause) {
    throw new UnreachableError('the studio could not be loaded', { cause });
  }
}

export function LazyStudio(props: StudioProps) {
  const [studio, again] = useLoad('studio', loadStudio);
  switch (studio.state) {
    case 'loading':
      return <PauseNotice pause={studio.pause} />;
    case 'failed':
      return <FailedLoad error={studio.error} onAgain={again} />;
    case 'ready': {
      const Studio = studio.value;
      return <Studio {...props} />;
    }
  }
}
