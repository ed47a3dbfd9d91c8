import type { ServiceDirectory } from '../../../contracts/service-directory.ts';

/** Who owns what, and which services a question is about. */
export interface Owners {
  /** Empty for a service that the directory does not know. */
  of(service: string): { readonly team?: string; readonly product?: string };
  knows(service: string): boolean;
  readonly services: readonly string[];
  /** The services of a team or a product; undefined when the question is about all. */
  selected(scope: Scope): readonly string[] | undefined;
}

export interface Scope {
  readonly service?: string | undefined;
  readonly team?: string | undefined;
  readonly product?: string | undefined;
}

export function ownersOf({ services }: Pick<ServiceDirectory, 'services'>): Owners {
  const byId = new Map(services.map(({ id, team, product }) => [id, { team, product }]));
  return {
    of: (service) => byId.get(service) ?? {},
    knows: (service) => byId.has(service),
    services: [...byId.keys()],
    selected: ({ service, team, product }) =>
      service !== undefined
        ? [service]
        : team === undefined && product === undefined
          ? undefined
          : services
              .filter(
                (each) =>
                  (team === undefined || each.team === team) &&
                  (product === undefined || each.product === product),
              )
              .map(({ id }) => id),
  };
}
