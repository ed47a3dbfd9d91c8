import { isAbsentOr, isNumber, isShape, isText } from '../api/shapes.ts';

/** Who has signed in, in this tab. */
export interface Session {
  readonly token: string;
  /** What the issuer calls them. */
  readonly name: string | undefined;
  /** Of this machine's clock, epoch milliseconds. */
  readonly since: number;
  /** When the token ends, by this machine's clock, in epoch milliseconds; undefined when the issuer does not say. */
  readonly until: number | undefined;
}

/** A way to the issuer that has been begun. */
export interface Begun {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  /** Whether the issuer was asked not to ask anything. */
  readonly isQuiet: boolean;
}

const sessionKey = 'fanfare-session';
const begunKey = 'fanfare-sign-in-begun';
const signedOutKey = 'fanfare-signed-out';

const isSession = (value: unknown): value is Session =>
  isShape(value) &&
  isText(value['token']) &&
  isNumber(value['since']) &&
  isAbsentOr(value['name'], isText) &&
  isAbsentOr(value['until'], isNumber);

const isBegun = (value: unknown): value is Begun =>
  isShape(value) &&
  ['state', 'nonce', 'verifier'].every((name) => isText(value[name])) &&
  typeof value['isQuiet'] === 'boolean';

function read<T>(key: string, is: (value: unknown) => value is T): T | undefined {
  try {
    const value: unknown = JSON.parse(sessionStorage.getItem(key) ?? 'null');
    return is(value) ? value : undefined;
  } catch {
    // Not ours: whatever it was, nobody has signed in with it.
    return undefined;
  }
}

/** Undefined when nobody has signed in, or their time is over. */
export function keptSession(): Session | undefined {
  const session = read(sessionKey, isSession);
  return session?.until !== undefined && session.until <= Date.now() ? undefined : session;
}

export function keepSession(session: Session): void {
  sessionStorage.setItem(sessionKey, JSON.stringify(session));
  sessionStorage.removeItem(signedOutKey);
}

/** Whoever it was has to sign in again. */
export function endSession(session: Session): void {
  keepSession({ ...session, until: 0 });
}

/** Whether somebody was signed in here before, whose time is over. */
export const wasSignedIn = (): boolean => sessionStorage.getItem(sessionKey) !== null;

export function keepBegun(begun: Begun): void {
  sessionStorage.setItem(begunKey, JSON.stringify(begun));
}

/** Once: an answer that comes twice is of no use the second time. */
export function pickUpBegun(): Begun | undefined {
  const begun = read(begunKey, isBegun);
  sessionStorage.removeItem(begunKey);
  return begun;
}

/** Whoever has signed out stays so in this tab until they say otherwise. */
export const hasSignedOut = (): boolean => sessionStorage.getItem(signedOutKey) !== null;

export function rememberSignedOut(): void {
  sessionStorage.removeItem(sessionKey);
  sessionStorage.setItem(signedOutKey, 'yes');
}
