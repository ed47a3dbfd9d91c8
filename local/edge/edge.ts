import { signInSettingsPath } from '../../functions/contracts/sign-in-settings.ts';
import type { HttpApi } from '../http/http-api.ts';
import type { HttpRequest, HttpResponse } from '../http/http-message.ts';
import { parseTarget } from '../http/request-target.ts';
import {
  type Behaviour,
  behaviourOf,
  type DistributionConfig,
  headersOf,
  type Origin,
  type ResponseHeadersPolicy,
} from './distribution.ts';

/** Which headers of a request reach the origin: these, or all but these. Names are in lower case. */
interface HeadersPassed {
  readonly behaviour: 'none' | 'whitelist' | 'allExcept';
  readonly names: readonly string[];
}

export interface EdgeOptions {
  readonly config: DistributionConfig;
  /** What each origin request policy lets through, by policy id. */
  readonly requestHeaders: ReadonlyMap<string, HeadersPassed>;
  readonly responseHeaders: ReadonlyMap<string, ResponseHeadersPolicy>;
  /** Names of buckets by their regional domain name. */
  readonly buckets: ReadonlyMap<string, string>;
  /** HTTP APIs by the domain name of their endpoint. */
  readonly apis: ReadonlyMap<string, HttpApi>;
  /** Names of the buckets that CloudFront may list. */
  readonly listable: ReadonlySet<string>;
  readonly awsEndpoint: string;
  /** The issuer that pages are told to sign in at, and where it is here. @default nobody signs in */
  readonly issuer?: { readonly template: string; readonly here: string } | undefined;
}

/** Of the answers of S3, what CloudFront passes on. */
const objectHeaders = [
  'content-length',
  'content-type',
  'content-range',
  'accept-ranges',
  'cache-control',
  'etag',
  'last-modified',
  'content-disposition',
];

/** All services and the pages under one origin, as the CloudFront distribution serves them. */
export class Edge {
  readonly #options: EdgeOptions;
  /** The headers that each policy adds, by its id. */
  readonly #policies = new Map<string, Readonly<Record<string, string>>>();

  constructor(options: EdgeOptions) {
    this.#options = options;
  }

  async handle(request: HttpRequest): Promise<HttpResponse> {
    const { config } = this.#options;
    const behaviour = behaviourOf(config, parseTarget(request.url).path);
    const response = await this.#fromOrigin(request, behaviour);
    const substitute = config.CustomErrorResponses.find(({ ErrorCode }) => ErrorCode === response.status);
    const page =
      substitute?.ResponsePagePath === undefined
        ? response
        : {
            ...(await this.handle({ ...request, method: 'GET', url: substitute.ResponsePagePath })),
            status: substitute.ResponseCode ?? response.status,
          };
    return { ...page, headers: { ...page.headers, ...this.#policyHeaders(behaviour) } };
  }

  #policyHeaders({ ResponseHeadersPolicyId: id = '' }: Behaviour): Readonly<Record<string, string>> {
    const known = this.#policies.get(id);
    if (known !== undefined) {
      return known;
    }
    const headers = this.#localised(headersOf(this.#options.responseHeaders.get(id)));
    this.#policies.set(id, headers);
    return headers;
  }

  /** The issuer of the cloud is asked by browsers, which the stage cannot redirect: so they are told of the one that is here. */
  #localisedBody(path: string, body: Buffer): Buffer {
    const { issuer } = this.#options;
    return issuer === undefined || path !== signInSettingsPath
      ? body
      : Buffer.from(body.toString('utf8').replaceAll(issuer.template, issuer.here));
  }

  async #fromOrigin(request: HttpRequest, behaviour: Behaviour): Promise<HttpResponse> {
    if (!behaviour.AllowedMethods.includes(request.method)) {
      return {
        status: 403,
        headers: { 'content-type': 'text/plain' },
        body: `This distribution does not allow ${request.method} here.\n`,
      };
    }
    const origin = this.#options.config.Origins.find(({ Id }) => Id === behaviour.TargetOriginId);
    const api = this.#options.apis.get(origin?.DomainName ?? '');
    const bucket = this.#options.buckets.get(origin?.DomainName ?? '');
    if (origin !== undefined && api !== undefined) {
      // Without a policy CloudFront passes on no query string.
      const url = behaviour.OriginRequestPolicyId === undefined ? parseTarget(request.url).path : request.url;
      return api.handle({ ...request, url, headers: this.#toOriginHeaders(request, behaviour, origin) });
    }
    if (origin !== undefined && bucket !== undefined) {
      return this.#fromBucket(request, bucket);
    }
    throw new Error(
      `The distribution's origin ${behaviour.TargetOriginId} (${origin?.DomainName}) is nowhere in the stage.`,
    );
  }

  async #fromBucket(request: HttpRequest, bucket: string): Promise<HttpResponse> {
    const { path } = parseTarget(request.url);
    const key = path === '/' ? `/${this.#options.config.DefaultRootObject ?? ''}` : path;
    const passed = ['range', 'if-none-match', 'if-modified-since'].flatMap((name) => {
      const value = request.headers[name];
      return value === undefined ? [] : [[name, value] satisfies [string, string]];
    });
    const answer = await fetch(`${this.#options.awsEndpoint}/${bucket}${key}`, {
      method: request.method,
      headers: Object.fromEntries(passed),
    });
    const body = Buffer.from(await answer.arrayBuffer());
    // To whom may not list, S3 says 403 for what is not there.
    const isHidden = answer.status === 404 && !this.#options.listable.has(bucket);
    const status = isHidden ? 403 : answer.status;
    return {
      status,
      headers: Object.fromEntries(
        objectHeaders.flatMap((name) => {
          const value = answer.headers.get(name);
          return value === null ? [] : [[name, value]];
        }),
      ),
      body: status === 403 ? accessDenied : this.#localisedBody(path, body),
    };
  }

  /** What the origin request policy lets through, what CloudFront knows of the viewer, and the origin's own headers. */
  #toOriginHeaders(request: HttpRequest, behaviour: Behaviour, origin: Origin): Record<string, string> {
    const passed = this.#options.requestHeaders.get(behaviour.OriginRequestPolicyId ?? '');
    // Those that CloudFront makes itself are had by name only.
    const known: Readonly<Record<string, string>> = {
      ...request.headers,
      'cloudfront-viewer-address': `${request.sourceIp}:${request.sourcePort}`,
    };
    const wanted =
      passed?.behaviour === 'allExcept'
        ? Object.keys(request.headers).filter((name) => !passed.names.includes(name) && !ownHeaders.has(name))
        : (passed?.names ?? []);
    return {
      host: origin.DomainName,
      'user-agent': 'Amazon CloudFront',
      via: '1.1 local (CloudFront)',
      ...Object.fromEntries(
        wanted.flatMap((name) => {
          const value = known[name];
          return value === undefined ? [] : [[name, value]];
        }),
      ),
      ...Object.fromEntries(
        origin.OriginCustomHeaders.map(({ HeaderName, HeaderValue }) => [
          HeaderName.toLowerCase(),
          HeaderValue,
        ]),
      ),
    };
  }

  /** Policies name the addresses of buckets and the issuer in the cloud; here all buckets have the stage's. */
  #localised(headers: Record<string, string>): Record<string, string> {
    const { buckets, awsEndpoint, issuer } = this.#options;
    const addresses = new Map([...buckets.keys()].map((domain) => [`https://${domain}`, awsEndpoint]));
    if (issuer !== undefined) {
      addresses.set(new URL(issuer.template).origin, issuer.here);
    }
    return Object.fromEntries(
      Object.entries(headers).map(([name, value]) => {
        const local = [...addresses].reduce((text, [cloud, here]) => text.replaceAll(cloud, here), value);
        return [name, local.replaceAll(/https:\/\/[\w*.-]+\.amazonaws\.com/gu, awsEndpoint)];
      }),
    );
  }
}

/** What a connection is about, which ends at CloudFront. */
const ownHeaders: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
  'user-agent',
  'via',
]);

const accessDenied =
  '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>';
