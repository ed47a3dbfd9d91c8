import type { ComponentType, JSX } from 'preact';
import { UnreachableError } from '../api/errors.ts';
import { useLoad } from '../use-load.ts';
import { FailedLoad } from './failed-load.tsx';
import { PauseNotice } from './pause-notice.tsx';

/**
 * A page that is loaded when somebody goes there, and tried again when it does not come.
 * @param name for errors, such as `the studio`
 */
export function lazyPage<Props extends object>(
  name: string,
  load: () => Promise<ComponentType<Props>>,
): (props: Props) => JSX.Element {
  const loadPage = async (): Promise<ComponentType<Props>> => {
    try {
      return await load();
    } catch (cause) {
      throw new UnreachableError(`${name} could not be loaded`, { cause });
    }
  };
  return function LazyPage(props) {
    const [page, again] = useLoad(name, loadPage);
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
  };
}
