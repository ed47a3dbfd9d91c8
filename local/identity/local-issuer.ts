import { exportJWK, generateKeyPair, type GenerateKeyPairResult, type JWK, jwtVerify, SignJWT } from 'jose';
import * as z from 'zod';
import type { HttpRequest, HttpResponse } from '../http/http-message.ts';
import { parseTarget } from '../http/request-target.ts';

/** Whose tokens an authorizer takes, and for whom they must be meant. */
export interface TokenRule {
  readonly issuer: string;
  readonly audience: readonly string[];
}

/** What is certain of a person: the claims of a token, each as text, as API Gateway passes them on. */
export type Claims = Readonly<Record<string, string>>;

/** Why a request is refused, in the words of RFC 6750. */
export type Refusal = 'invalid_token' | 'missing_token';

/** API Gateway takes RSA signatures only. Source: developer guide, "Control access to HTTP APIs with JWT authorizers". */
const algorithm = 'RS256';
/** How long a token is taken. */
export const lifeSeconds = 12 * 60 * 60;

const teamSchema = z.string().regex(/^[a-z][a-z0-9-]{0,62}$/u);

/**
 * Stands in for the OpenID Connect issuer that the template names: its tokens say that they are of that issuer, and are signed with a key that only this stage has.
 * Everybody who asks is given one: it proves nothing but the way.
 */
export class LocalIssuer {
  /** Who there is. */
  readonly teams: ReadonlySet<string>;
  readonly #keys: Promise<GenerateKeyPairResult>;
  readonly #rule: TokenRule | undefined;

  /**
   * @param rule of the template's authorizers; a template without one needs no tokens
   * @param teams who there is
   */
  constructor(rule: TokenRule | undefined, teams: Iterable<string>) {
    this.#keys = generateKeyPair(algorithm);
    this.#keys.catch(() => undefined);
    this.#rule = rule;
    this.teams = new Set(teams);
  }

  /** A token of somebody of a team, for half a day. */
  async issue(team: string): Promise<string> {
    if (this.#rule === undefined) {
      throw new Error('The template has no authorizer that would take a token.');
    }
    return this.#sign(team, this.#rule.issuer, this.#rule.audience, {});
  }

  /**
   * What a client is told of who has signed in with it.
   *
   * @param address of the sign-in, which is who says so
   */
  async identify(
    team: string,
    address: string,
    clientId: string,
    nonce: string | undefined,
  ): Promise<string> {
    return this.#sign(team, address, [clientId], nonce === undefined ? {} : { nonce });
  }

  /** The key with which tokens are verified. */
  async publicKey(): Promise<JWK> {
    return { ...(await exportJWK((await this.#keys).publicKey)), alg: algorithm, use: 'sig' };
  }

  async #sign(
    team: string,
    issuer: string,
    audience: readonly string[],
    claims: Readonly<Record<string, string>>,
  ): Promise<string> {
    const { privateKey } = await this.#keys;
    return new SignJWT({ team, name: `Somebody of ${team}`, ...claims })
      .setProtectedHeader({ alg: algorithm })
      .setIssuer(issuer)
      .setAudience([...audience])
      .setSubject(`local-${team}`)
      .setIssuedAt()
      .setExpirationTime(`${lifeSeconds}s`)
      .sign(privateKey);
  }

  /** The claims of a request's token, or why it is refused. */
  async verify(rule: TokenRule, authorization: string | undefined): Promise<Claims | Refusal> {
    // With or without the scheme: API Gateway takes both.
    const token = authorization?.replace(/^bearer\s+/iu, '').trim() ?? '';
    if (token === '') {
      return 'missing_token';
    }
    const { publicKey } = await this.#keys;
    try {
      const { payload } = await jwtVerify(token, publicKey, {
        issuer: rule.issuer,
        audience: [...rule.audience],
        algorithms: [algorithm],
        requiredClaims: ['exp', 'iat'],
      });
      return Object.fromEntries(
        Object.entries(payload).map(([name, value]) => [
          name,
          Array.isArray(value) ? `[${value.join(' ')}]` : String(value),
        ]),
      );
    } catch {
      return 'invalid_token';
    }
  }

  /** Answers `GET /_stage/token?team=<team>`; undefined for any other address. */
  async page(request: HttpRequest): Promise<HttpResponse | undefined> {
    const { path, query } = parseTarget(request.url);
    if (path !== '/_stage/token' || request.method !== 'GET') {
      return undefined;
    }
    const team = teamSchema.safeParse(new URLSearchParams(query).get('team'));
    if (this.#rule === undefined || !team.success || !this.teams.has(team.data)) {
      return answer(404, { error: `There is no such team; there are ${[...this.teams].join(', ')}.` });
    }
    return answer(200, { token: await this.issue(team.data), team: team.data, lifeSeconds });
  }
}

const answer = (status: number, body: unknown): HttpResponse => ({
  status,
  headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  body: JSON.stringify(body),
});
