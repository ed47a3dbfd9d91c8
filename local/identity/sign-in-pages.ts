import { createHash, randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { HttpRequest, HttpResponse } from '../http/http-message.ts';
import { parseTarget } from '../http/request-target.ts';
import { lifeSeconds, type LocalIssuer } from './local-issuer.ts';

/** Codes are for the next step of the same sign-in. */
const codeLifeMs = 60_000;
/** Who somebody of whom nothing is known is: nobody who has just started a stage is asked anything. */
const firstTeam = 'delivery';
/** Whoever does not want to be somebody. */
const nobody = 'nobody';
const cookieName = 'fanfare-local-person';

/** Only pages of this machine are gone back to. */
const backTo = z.url().refine((url) => ['localhost', '127.0.0.1', '[::1]'].includes(new URL(url).hostname), {
  error: 'the local issuer goes back to pages of this machine only',
});

const authorizeSchema = z.looseObject({
  response_type: z.literal('code'),
  client_id: z.string().min(1),
  redirect_uri: backTo,
  scope: z.string().refine((scope) => scope.split(' ').includes('openid'), { error: 'it has no “openid”' }),
  state: z.string().min(1),
  nonce: z.string().min(1).optional(),
  code_challenge: z.string().length(43),
  code_challenge_method: z.literal('S256'),
  prompt: z.enum(['none', 'login', 'consent', 'select_account']).optional(),
  /** Our own page's: who was chosen. */
  person: z.string().optional(),
});
type Asked = z.output<typeof authorizeSchema>;

const tokenSchema = z.looseObject({
  grant_type: z.literal('authorization_code'),
  code: z.string(),
  redirect_uri: z.string(),
  client_id: z.string(),
  code_verifier: z.string().regex(/^[\w.~-]{43,128}$/u),
});

/**
 * The pages of an OpenID Connect issuer as far as the console uses one: the authorization code flow with PKCE (S256), `prompt=none`, and a page on which to choose
 * whose team one is of. It asks for no password: it proves nothing but the way.
 * Source: OpenID Connect Core 1.0, sections 3.1 and 5; RFC 7636; RFC 9207.
 *
 * @param address `http://host:port` at which they are answered
 */
export function signInPages(
  issuer: LocalIssuer,
  address: string,
): (request: HttpRequest) => Promise<HttpResponse> {
  const codes = new Map<string, { readonly asked: Asked; readonly team: string; readonly until: number }>();

  const authorize = (request: HttpRequest, query: URLSearchParams): HttpResponse => {
    const parsed = authorizeSchema.safeParse(Object.fromEntries(query));
    if (!parsed.success) {
      return page(400, 'This is no way to sign in', `<pre>${escaped(z.prettifyError(parsed.error))}</pre>`);
    }
    const asked = parsed.data;
    const goBack = (answer: Readonly<Record<string, string>>, person?: string): HttpResponse => {
      const to = new URL(asked.redirect_uri);
      for (const [name, value] of Object.entries({ ...answer, state: asked.state, iss: address })) {
        to.searchParams.set(name, value);
      }
      return {
        status: 302,
        headers: {
          location: to.href,
          'cache-control': 'no-store',
          ...(person === undefined
            ? {}
            : { 'set-cookie': `${cookieName}=${person}; Path=/; HttpOnly; SameSite=Lax` }),
        },
        body: '',
      };
    };
    const codeFor = (team: string): string => {
      const code = randomUUID();
      codes.set(code, { asked, team, until: Date.now() + codeLifeMs });
      return code;
    };
    const person = asked.prompt === 'none' ? personOf(request) : asked.person;
    if (person !== undefined && issuer.teams.has(person)) {
      return goBack({ code: codeFor(person) }, person);
    }
    if (asked.prompt === 'none') {
      return goBack({ error: 'login_required' });
    }
    return person === nobody
      ? goBack({ error: 'access_denied', error_description: 'Nobody wanted to sign in.' }, nobody)
      : choice(query, issuer.teams);
  };

  const token = async ({ body }: HttpRequest): Promise<HttpResponse> => {
    const form = Object.fromEntries(new URLSearchParams(body.toString('utf8')));
    const parsed = tokenSchema.safeParse(form);
    if (!parsed.success) {
      return refusal('invalid_request', z.prettifyError(parsed.error));
    }
    const { code, redirect_uri, client_id, code_verifier } = parsed.data;
    const kept = codes.get(code);
    codes.delete(code);
    if (kept === undefined || kept.until < Date.now()) {
      return refusal('invalid_grant', 'There is no such code, or it has been used, or it is old.');
    }
    const { asked, team } = kept;
    if (redirect_uri !== asked.redirect_uri || client_id !== asked.client_id) {
      return refusal('invalid_grant', 'The code was made for another.');
    }
    if (createHash('sha256').update(code_verifier).digest('base64url') !== asked.code_challenge) {
      return refusal('invalid_grant', 'The verifier is not that of the challenge.');
    }
    return json(200, {
      access_token: await issuer.issue(team),
      id_token: await issuer.identify(team, address, client_id, asked.nonce),
      token_type: 'Bearer',
      expires_in: lifeSeconds,
      scope: asked.scope,
    });
  };

  const routes: Readonly<
    Record<string, (request: HttpRequest, query: URLSearchParams) => HttpResponse | Promise<HttpResponse>>
  > = {
    'GET /.well-known/openid-configuration': () => json(200, discovery(address)),
    'GET /jwks': async () => json(200, { keys: [await issuer.publicKey()] }),
    'GET /authorize': authorize,
    'POST /token': token,
  };
  return async (request) => {
    const { path, query } = parseTarget(request.url);
    const route = routes[`${request.method} ${path}`];
    return route === undefined
      ? page(404, 'The local issuer has no such page', '')
      : route(request, new URLSearchParams(query));
  };
}

const discovery = (address: string) => ({
  issuer: address,
  authorization_endpoint: `${address}/authorize`,
  token_endpoint: `${address}/token`,
  jwks_uri: `${address}/jwks`,
  response_types_supported: ['code'],
  subject_types_supported: ['public'],
  id_token_signing_alg_values_supported: ['RS256'],
  scopes_supported: ['openid', 'profile'],
  code_challenge_methods_supported: ['S256'],
  token_endpoint_auth_methods_supported: ['none'],
  authorization_response_iss_parameter_supported: true,
});

/** Who was chosen last in this browser. */
function personOf({ headers }: HttpRequest): string {
  const kept = (headers['cookie'] ?? '').split('; ').find((each) => each.startsWith(`${cookieName}=`));
  return kept?.slice(cookieName.length + 1) ?? firstTeam;
}

function choice(query: URLSearchParams, teams: ReadonlySet<string>): HttpResponse {
  const link = (person: string, words: string): string => {
    const chosen = new URLSearchParams(query);
    chosen.set('person', person);
    return `<li><a href="/authorize?${escaped(chosen.toString())}">${escaped(words)}</a></li>`;
  };
  return page(
    200,
    'Who are you?',
    `<p>This is the stage on your own machine: no password is asked for.</p>
<ul>${[...teams]
      .toSorted()
      .map((team) => link(team, `Somebody of ${team}`))
      .join('')}${link(nobody, 'Nobody: do not sign in')}</ul>`,
  );
}

const escaped = (text: string): string =>
  text.replaceAll(
    /[&<>"]/gu,
    (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? '',
  );

const page = (status: number, title: string, body: string): HttpResponse => ({
  status,
  headers: {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
  },
  body: `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>${escaped(title)} · local issuer</title>
<style>body{max-width:34rem;margin:12vh auto;padding:0 1.5rem;font:1.125rem/1.5 system-ui,sans-serif}ul{padding:0;list-style:none}a{display:block;padding:.75rem 0}</style>
<h1>${escaped(title)}</h1>
${body}
`,
});

/** For pages of any origin, as issuers answer their discovery document and tokens. */
const json = (status: number, body: unknown): HttpResponse => ({
  status,
  headers: {
    'content-type': 'application/json',
    'cache-control': 'no-store',
    'access-control-allow-origin': '*',
  },
  body: JSON.stringify(body),
});

const refusal = (error: string, error_description: string): HttpResponse =>
  json(400, { error, error_description });
