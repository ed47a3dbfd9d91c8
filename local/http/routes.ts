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
  const candidates = routes.flatMap((route) => {
    const [routeMethod = '', routePath = ''] = route.key.split(' ');
    if (route.key === '$default') {
      return [{ route, pathParameters: {}, score: '' }];
    }
    const pathParameters =
      routeMethod === 'ANY' || routeMethod === method ? matchPath(routePath, path) : undefined;
    return pathParameters === undefined
      ? []
      : [{ route, pathParameters, score: `${scoreOf(routePath)}${routeMethod === 'ANY' ? '1' : '2'}` }];
  });
  return candidates.toSorted((a, b) => (a.score < b.score ? 1 : -1))[0];
}

const scoreOf = (path: string): string =>
  segments(path)
    .map((segment) => (greedy.test(segment) ? '1' : variable.test(segment) ? '2' : '3'))
    .join('');

const segments = (path: string): string[] => path.split('/').slice(1);

function matchPath(pattern: string, path: string): Record<string, string> | undefined {
  const [wanted, given] = [segments(pattern), segments(path)];
  const parameters: Record<string, string> = {};
  for (const [index, segment] of wanted.entries()) {
    const rest = greedy.exec(segment)?.[1];
    if (rest !== undefined) {
      parameters[rest] = given.slice(index).map(decode).join('/');
      return given.length > index ? parameters : undefined;
    }
    const value = given[index];
    const name = variable.exec(segment)?.[1];
    if (value === undefined || (name === undefined ? value !== segment : value === '')) {
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
