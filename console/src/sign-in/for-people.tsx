import type { ComponentChildren } from 'preact';
import { FailedLoad } from '../parts/failed-load.tsx';
import type { Session } from './kept.ts';
import { useSession } from './use-session.ts';
import '../styles/sign-in.css';

interface Props {
  /** What there is to see, and for whom, in a sentence. */
  readonly what: string;
  /** What is shown to somebody who has signed in. */
  readonly children: (token: string, onRefused: () => void) => ComponentChildren;
}

/** What only people who have signed in get to see. */
export function ForPeople({ what, children }: Props) {
  const { standing, signIn, signOut, refused, again } = useSession();
  switch (standing.state) {
    case 'on-the-way':
      return (
        <p class="hint" role="status">
          Signing you in …
        </p>
      );
    case 'failed':
      return <FailedLoad error={standing.error} onAgain={again} />;
    case 'signed-out':
      return (
        <div class="sign-in">
          <p>{what}</p>
          {standing.why !== undefined && (
            <p class="notice" role="alert">
              {standing.why}
            </p>
          )}
          <button type="button" class="button button-strong" onClick={signIn}>
            Sign in
          </button>
        </div>
      );
    case 'signed-in':
      return (
        <>
          <Who session={standing.session} onSignOut={signOut} />
          {children(standing.session.token, () => {
            refused(standing.session);
          })}
        </>
      );
  }
}

interface WhoProps {
  readonly session: Session;
  readonly onSignOut: () => void;
}

const Who = ({ session: { name }, onSignOut }: WhoProps) => (
  <p class="who hint">
    {name === undefined ? 'Signed in' : `Signed in as ${name}`}
    <button type="button" class="button button-quiet" onClick={onSignOut}>
      Sign out
    </button>
  </p>
);
