import { useEffect, useRef, useState } from 'preact/hooks';
import type { SignInSettings } from '../../../functions/contracts/sign-in-settings.ts';
import { UnreachableError } from '../api/errors.ts';
import { getSignInSettings } from '../api/sign-in-settings.ts';
import { pickUpAnswer, rememberPlace } from './answer.ts';
import {
  endSession,
  hasSignedOut,
  keepBegun,
  keepSession,
  keptSession,
  pickUpBegun,
  rememberSignedOut,
  type Session,
  wasSignedIn,
} from './kept.ts';
import type * as OpenId from './open-id.ts';
import { SignInError } from './sign-in-error.ts';

export type Standing =
  /** Somebody comes from the issuer, or goes there. */
  | { readonly state: 'on-the-way' }
  | { readonly state: 'signed-in'; readonly session: Session }
  /** Somebody has to say that they want to sign in; `why` is a sentence. */
  | { readonly state: 'signed-out'; readonly why: string | undefined }
  | { readonly state: 'failed'; readonly error: unknown };

export interface SessionControl {
  readonly standing: Standing;
  /** Goes to the issuer, and comes back to this place. */
  readonly signIn: () => void;
  readonly signOut: () => void;
  /** The session's token was refused. */
  readonly refused: (session: Session) => void;
  /** After a failure. */
  readonly again: () => void;
}

/** A token that is refused so soon was never any good, in milliseconds: another one would not be either. */
const freshMs = 60_000;

const ended = 'Your sign-in has ended. Sign in again, and go on where you were.';
const signedOut =
  'You have signed out of this page. Where you signed in you may still be signed in: sign out there too if others use this machine.';
const notTaken =
  'You have signed in, and Fanfare does not take what it was given of you: the audience or the issuer in its configuration are others. Please tell who runs it.';

/** What an issuer says when it was not to ask and would have to. Source: OpenID Connect Core 1.0, section 3.1.2.6. */
const wouldAsk: ReadonlySet<string | undefined> = new Set([
  'login_required',
  'interaction_required',
  'consent_required',
  'account_selection_required',
]);

/** Who uses the page: whoever is signed in at the issuer already is not asked anything. */
export function useSession(): SessionControl {
  const [standing, setStanding] = useState<Standing>(onTheWay);
  const running = useRef<AbortController>(undefined);
  const run = (work: (signal: AbortSignal) => Promise<Standing>): void => {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    setStanding(onTheWay);
    const settle = (next: Standing): void => {
      if (!controller.signal.aborted) {
        setStanding(next);
      }
    };
    work(controller.signal).then(settle, (error: unknown) => {
      settle({ state: 'failed', error });
    });
  };
  useEffect(() => {
    run(arrive);
    // Whoever goes back from the issuer finds the page as it was left: on its way.
    const onShow = ({ persisted }: PageTransitionEvent): void => {
      if (persisted) {
        run(arrive);
      }
    };
    addEventListener('pageshow', onShow);
    return () => {
      removeEventListener('pageshow', onShow);
      running.current?.abort();
    };
  }, []);
  return {
    standing,
    signIn: () => {
      run((signal) => leave(false, signal));
    },
    signOut: () => {
      rememberSignedOut();
      setStanding({ state: 'signed-out', why: signedOut });
    },
    refused: (session) => {
      endSession(session);
      if (Date.now() - session.since < freshMs) {
        setStanding({ state: 'signed-out', why: notTaken });
      } else {
        run((signal) => leave(true, signal));
      }
    },
    again: () => {
      run(arrive);
    },
  };
}

const onTheWay: Standing = { state: 'on-the-way' };

async function arrive(signal: AbortSignal): Promise<Standing> {
  const answer = pickUpAnswer();
  if (answer !== undefined) {
    return finish(answer, signal);
  }
  const session = keptSession();
  if (session !== undefined) {
    return { state: 'signed-in', session };
  }
  return hasSignedOut() ? { state: 'signed-out', why: signedOut } : leave(true, signal);
}

async function leave(isQuiet: boolean, signal: AbortSignal): Promise<Standing> {
  const { openId, settings } = await prepare(signal);
  const { url, begun } = await openId.beginSignIn(settings, isQuiet, signal);
  signal.throwIfAborted();
  keepBegun(begun);
  rememberPlace();
  if (isQuiet) {
    // Nobody has asked for it: going back leads past it.
    location.replace(url);
  } else {
    location.assign(url);
  }
  return onTheWay;
}

async function finish(answer: URLSearchParams, signal: AbortSignal): Promise<Standing> {
  const begun = pickUpBegun();
  const { openId, settings } = await prepare(signal);
  try {
    const session = await openId.endSignIn(settings, begun, answer, signal);
    keepSession(session);
    return { state: 'signed-in', session };
  } catch (error) {
    if (!(error instanceof SignInError)) {
      throw error;
    }
    if (begun?.isQuiet === true && wouldAsk.has(error.code)) {
      return { state: 'signed-out', why: wasSignedIn() ? ended : undefined };
    }
    return { state: 'signed-out', why: error.message };
  }
}

/** What it takes to sign in comes when somebody does. */
async function prepare(signal: AbortSignal): Promise<{ openId: typeof OpenId; settings: SignInSettings }> {
  const [openId, settings] = await Promise.all([
    import('./open-id.ts').catch((cause: unknown) => {
      throw new UnreachableError('the sign-in could not be loaded', { cause });
    }),
    getSignInSettings(signal),
  ]);
  return { openId, settings };
}
