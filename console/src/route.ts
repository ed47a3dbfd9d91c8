/** Where in the page a person is. It lives in the address's fragment, so that a reload or a shared address continues there. */
export type Route =
  | { readonly page: 'campaigns' }
  | { readonly page: 'campaign'; readonly id: string }
  | { readonly page: 'job'; readonly id: string }
  /** Where something begins to be made. */
  | { readonly page: 'studio' }
  | {
      readonly page: 'studio-edit';
      /** A shared recipe, packed. */
      readonly recipe?: string;
    }
  /** What was made, or is being made. */
  | { readonly page: 'studio-make' }
  | {
      readonly page: 'services';
      /** Where on the page to look: a service, or one of its promises. */
      readonly service?: string;
      readonly promise?: string;
    }
  | {
      readonly page: 'deployments';
      /** What is looked at: everything, or what one of these owns or is. */
      readonly service?: string;
      readonly team?: string;
      /** An event that is open. */
      readonly event?: string;
    };

/** The route of a fragment such as `#/jobs/01ARZ…`; anything unknown is the list of campaigns. */
export function parseRoute(fragment: string): Route {
  const [isServices, service, promise] = /^#\/services(?:\/([\w-]+)(?:\/([\w-]+))?)?$/u.exec(fragment) ?? [];
  if (isServices !== undefined) {
    return {
      page: 'services',
      ...(service === undefined ? {} : { service }),
      ...(promise === undefined ? {} : { promise }),
    };
  }
  const [isStudio, step, recipe] =
    /^#\/studio(?:\/(edit|make)(?:\?recipe=([\w-]+))?)?$/u.exec(fragment) ?? [];
  if (isStudio !== undefined) {
    return step === undefined
      ? { page: 'studio' }
      : step === 'make'
        ? { page: 'studio-make' }
        : { page: 'studio-edit', ...(recipe === undefined ? {} : { recipe }) };
  }
  const [isDeployments, query] = /^#\/deployments(?:\?(.*))?$/u.exec(fragment) ?? [];
  if (isDeployments !== undefined) {
    const asked = new URLSearchParams(query);
    const [service, team, event] = ['service', 'team', 'event'].map((name) => asked.get(name) ?? undefined);
    return {
      page: 'deployments',
      ...(service === undefined ? {} : { service }),
      ...(team === undefined ? {} : { team }),
      ...(event === undefined ? {} : { event }),
    };
  }
  const [, kind, id] = /^#\/(campaigns|jobs)\/([\w-]+)$/u.exec(fragment) ?? [];
  if (kind === undefined || id === undefined) {
    return { page: 'campaigns' };
  }
  return { page: kind === 'jobs' ? 'job' : 'campaign', id };
}

export function fragmentOf(route: Route): string {
  switch (route.page) {
    case 'campaigns':
      return '#/';
    case 'campaign':
      return `#/campaigns/${route.id}`;
    case 'job':
      return `#/jobs/${route.id}`;
    case 'studio':
      return '#/studio';
    case 'studio-edit':
      return route.recipe === undefined ? '#/studio/edit' : `#/studio/edit?recipe=${route.recipe}`;
    case 'studio-make':
      return '#/studio/make';
    case 'deployments': {
      const { page: _, ...asked } = route;
      const query = new URLSearchParams(asked).toString();
      return `#/deployments${query === '' ? '' : `?${query}`}`;
    }
    case 'services':
      return ['#/services', route.service, route.promise].filter((part) => part !== undefined).join('/');
  }
}
