import { S3Error } from './s3-error.ts';

/** A rule of a bucket's `CorsConfiguration.CorsRules`, as in a CloudFormation template. */
export interface CorsRule {
  Id?: string;
  AllowedMethods: readonly string[];
  AllowedOrigins: readonly string[];
  AllowedHeaders?: readonly string[];
  ExposedHeaders?: readonly string[];
  /** Seconds. */
  MaxAge?: number | string;
}

/** What the browser says: `Origin`, and in a preflight the method and the headers it wants to send. */
export interface CrossOriginRequest {
  origin: string;
  method: string;
  headers: readonly string[];
}

const VARY = 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method';

/** The headers a preflight gets. Throws S3's 403 when no rule allows the request. */
export function preflightHeaders(
  rules: readonly CorsRule[] | undefined,
  request: CrossOriginRequest,
): Record<string, string> {
  if (rules === undefined)
    throw forbidden('CORSResponse: CORS is not enabled for this bucket.', request.method);
  const rule = findRule(rules, request);
  if (rule === undefined) {
    throw forbidden(
      "CORSResponse: This CORS request is not allowed. This is usually because the evalution of Origin, request method / Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the resource's CORS spec.",
      request.method,
    );
  }
  return {
    ...ruleHeaders(rule, request.origin),
    ...(request.headers.length > 0 && { 'access-control-allow-headers': request.headers.join(', ') }),
    ...(rule.MaxAge !== undefined && { 'access-control-max-age': String(rule.MaxAge) }),
  };
}

/** The headers that go with an actual answer, also with an error: none when no rule allows the origin and the method. */
export function responseHeaders(
  rules: readonly CorsRule[] | undefined,
  request: CrossOriginRequest,
): Record<string, string> {
  const rule = rules === undefined ? undefined : findRule(rules, request);
  return rule === undefined ? {} : ruleHeaders(rule, request.origin);
}

function findRule(rules: readonly CorsRule[], request: CrossOriginRequest): CorsRule | undefined {
  return rules.find(
    (rule) =>
      rule.AllowedMethods.includes(request.method) &&
      rule.AllowedOrigins.some((pattern) => matches(pattern, request.origin)) &&
      request.headers.every((header) =>
        (rule.AllowedHeaders ?? []).some((pattern) => matches(pattern.toLowerCase(), header.toLowerCase())),
      ),
  );
}

function ruleHeaders(rule: CorsRule, origin: string): Record<string, string> {
  const anyOrigin = rule.AllowedOrigins.includes('*');
  return {
    'access-control-allow-origin': anyOrigin ? '*' : origin,
    'access-control-allow-methods': rule.AllowedMethods.join(', '),
    ...(!anyOrigin && { 'access-control-allow-credentials': 'true' }),
    ...(rule.ExposedHeaders !== undefined &&
      rule.ExposedHeaders.length > 0 && { 'access-control-expose-headers': rule.ExposedHeaders.join(', ') }),
    vary: VARY,
  };
}

/** A pattern holds at most one `*`. */
function matches(pattern: string, text: string): boolean {
  const star = pattern.indexOf('*');
  if (star === -1) return pattern === text;
  const [before, after] = [pattern.slice(0, star), pattern.slice(star + 1)];
  return text.length >= before.length + after.length && text.startsWith(before) && text.endsWith(after);
}

function forbidden(message: string, method: string): S3Error {
  return new S3Error(403, 'AccessForbidden', message, { Method: method, ResourceType: 'BUCKET' });
}
