import * as oauth from 'oauth4webapi';
import type { SignInSettings } from '../../../functions/contracts/sign-in-settings.ts';
import type { Begun, Session } from './kept.ts';
import { SignInError } from './sign-in-error.ts';

/** Where the issuer sends people back to: it must know this address. */
const backTo = (): string => `${location.origin}/`;

/** Answers of the issuer that do not come in this time do not come, in milliseconds. */
const timeoutMs = 15_000;

/**
 * Answers where to go to sign in, and what must be known when one comes back: the authorization code flow with PKCE.
 *
 * @param isQuiet the issuer asks nothing: whoever is signed in there already comes back at once, all others with an error
 * @throws SignInError
 */
export async function beginSignIn(
  settings: SignInSettings,
  isQuiet: boolean,
  signal: AbortSignal,
): Promise<{ readonly url: URL; readonly begun: Begun }> {
  const { authorization_endpoint: endpoint } = await discover(settings, signal);
  if (endpoint === undefined) {
    throw new SignInError(`${hostOf(settings)} does not say where people sign in.`);
  }
  const begun: Begun = {
    state: oauth.generateRandomState(),
    nonce: oauth.generateRandomNonce(),
    verifier: oauth.generateRandomCodeVerifier(),
    isQuiet,
  };
  const url = new URL(endpoint);
  const query = {
    ...settings.parameters,
    response_type: 'code',
    client_id: settings.clientId,
    redirect_uri: backTo(),
    scope: settings.scope,
    state: begun.state,
    nonce: begun.nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(begun.verifier),
    code_challenge_method: 'S256',
    ...(isQuiet ? { prompt: 'none' } : {}),
  };
  for (const [name, value] of Object.entries(query)) {
    url.searchParams.set(name, value);
  }
  return { url, begun };
}

/**
 * Exchanges the issuer's answer for a token.
 *
 * @param begun undefined when nothing was begun in this tab
 * @throws SignInError
 */
export async function endSignIn(
  settings: SignInSettings,
  begun: Begun | undefined,
  answer: URLSearchParams,
  signal: AbortSignal,
): Promise<Session> {
  if (begun === undefined || answer.get('state') !== begun.state) {
    throw new SignInError(
      'This answer is of another sign-in than the one that was begun in this tab, so it was not used. Please sign in once more.',
    );
  }
  const server = await discover(settings, signal);
  const client: oauth.Client = { client_id: settings.clientId };
  return telling(settings, async () => {
    const parameters = oauth.validateAuthResponse(server, client, answer, begun.state);
    const response = await oauth.authorizationCodeGrantRequest(
      server,
      client,
      oauth.None(),
      parameters,
      backTo(),
      begun.verifier,
      optionsFor(settings, signal),
    );
    const tokens = await oauth.processAuthorizationCodeResponse(server, client, response, {
      expectedNonce: begun.nonce,
      requireIdToken: true,
    });
    const claims = oauth.getValidatedIdTokenClaims(tokens);
    const name = [claims?.['name'], claims?.['email'], claims?.sub].find((each) => typeof each === 'string');
    const since = Date.now();
    return {
      token: tokens.access_token,
      name: typeof name === 'string' ? name : undefined,
      since,
      until: tokens.expires_in === undefined ? undefined : since + tokens.expires_in * 1000,
    };
  });
}

const discover = (settings: SignInSettings, signal: AbortSignal): Promise<oauth.AuthorizationServer> =>
  telling(settings, async () => {
    const issuer = new URL(settings.issuer);
    const response = await oauth.discoveryRequest(issuer, optionsFor(settings, signal));
    return oauth.processDiscoveryResponse(issuer, response);
  });

/** Without TLS only on one's own machine. */
function optionsFor({ issuer }: SignInSettings, signal: AbortSignal) {
  const { hostname } = new URL(issuer);
  const isHere = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  return {
    signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    [oauth.allowInsecureRequests]: isHere,
  };
}

const hostOf = ({ issuer }: SignInSettings): string => new URL(issuer).host;

/** What the issuer says with these is in the protocol's words; people get ours. */
const sentences: Readonly<Record<string, string>> = {
  access_denied: 'You were not let in.',
  temporarily_unavailable: 'It has too much to do just now.',
  server_error: 'It failed itself.',
};

/** Tells what went wrong with the issuer in sentences. */
async function telling<T>(settings: SignInSettings, work: () => Promise<T>): Promise<T> {
  const host = hostOf(settings);
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof oauth.AuthorizationResponseError || cause instanceof oauth.ResponseBodyError) {
      const said = cause.error_description === undefined ? '' : ` It says: ${cause.error_description}`;
      throw new SignInError(
        `${host} did not sign you in. ${sentences[cause.error] ?? `Its reason is “${cause.error}”.`}${said}`,
        cause.error,
        { cause },
      );
    }
    // The library's own mistakes have a code; those of the network have none.
    if (
      (cause instanceof TypeError && !('code' in cause)) ||
      (cause instanceof DOMException && cause.name === 'TimeoutError')
    ) {
      throw new SignInError(
        `${host}, where people sign in, could not be reached. Check your network and try again.`,
        undefined,
        { cause },
      );
    }
    if (cause instanceof oauth.OperationProcessingError) {
      throw new SignInError(
        `What ${host} answered does not fit together, so it was not believed (${cause.message}).`,
        undefined,
        { cause },
      );
    }
    throw cause;
  }
}
