/** A route of an HTTP API, such as `GET /jobs/{id}`, `ANY /{proxy+}` or `$default`. */
export interface Route<Target> {
  readonly key: string;
  readonly target: Target;
}

export interface Match<Target> {
  readonly route: Route<Target>;
  readonly pathParameters: Readonly<Record<string, string>>;
}

const greedy = /^\{([^}]+)\+\}$/u;
const variable = /^\{([^}]+)\}$/u;

/**
 * The most specific route for a request: a fixed segment before a variable, a variable before a greedy one, a method before ANY, anything before `$default`.
 * Source: API Gateway developer guide, "Create routes for HTTP APIs".
 */
export function findRoute<Target>(
  routes: readonly Route<Target>[],
  method: string,
  path: string,
): Match<Target> | undefined {
  const given = segments(path);
  const candidates = routes.flatMap((route) => {
    const { routeMethod, wanted, score } = read(route.key);
    if (route.key === '$default') {
      return [{ route, pathParameters: {}, score: '' }];
    }
    const pathParameters =
      routeMethod === 'ANY' || routeMethod === method ? matchPath(wanted, given) : undefined;
    return pathParameters === undefined ? [] : [{ route, pathParameters, score }];
  });
  return candidates.toSorted((a, b) => (a.score < b.score ? 1 : -1))[0];
}

interface RouteKey {
  readonly routeMethod: string;
  readonly wanted: readonly Segment[];
  readonly score: string;
}

interface Segment {
  readonly fixed: string;
  /** The parameter that takes it, or it and all that follow. */
  readonly variable: string | undefined;
  readonly greedy: string | undefined;
}

const routeKeys = new Map<string, RouteKey>();

/** A template has few routes, each asked for again and again. */
function read(key: string): RouteKey {
  const known = routeKeys.get(key);
  if (known !== undefined) {
    return known;
  }
  const [routeMethod = '', routePath = ''] = key.split(' ');
  const wanted = segments(routePath).map((fixed) => ({
    fixed,
    variable: variable.exec(fixed)?.[1],
    greedy: greedy.exec(fixed)?.[1],
  }));
  const ranks = wanted.map((segment) =>
    segment.greedy !== undefined ? '1' : segment.variable !== undefined ? '2' : '3',
  );
  const routeKey = { routeMethod, wanted, score: `${ranks.join('')}${routeMethod === 'ANY' ? '1' : '2'}` };
  routeKeys.set(key, routeKey);
  return routeKey;
}

const segments = (path: string): string[] => path.split('/').slice(1);

function matchPath(wanted: readonly Segment[], given: readonly string[]): Record<string, string> | undefined {
  const parameters: Record<string, string> = {};
  for (const [index, { fixed, variable: name, greedy: rest }] of wanted.entries()) {
    if (rest !== undefined) {
      parameters[rest] = given.slice(index).map(decode).join('/');
      return given.length > index ? parameters : undefined;
    }
    const value = given[index];
    if (value === undefined || (name === undefined ? value !== fixed : value === '')) {
      return undefined;
    }
    if (name !== undefined) {
      parameters[name] = decode(value);
    }
  }
  return wanted.length === given.length ? parameters : undefined;
}

/** A path that is not well encoded is passed on as it came. */
function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
