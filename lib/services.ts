import type { TeamName } from './teams.ts';

export interface Service {
  readonly name: string;
  readonly team: TeamName;
  /** What people know it by. */
  readonly product: string;
}

/** Every service, each with one stack of the same name. */
export const services = {
  foundation: { name: 'foundation', team: 'platform', product: 'Platform' },
  personalise: { name: 'personalise', team: 'campaigns', product: 'Personalised images' },
  console: { name: 'console', team: 'platform', product: 'Console' },
} as const satisfies Record<string, Service>;

/** The services that share the cache: each has its own user, who sees only keys that begin with the service's name. */
export const cacheTenants = ['personalise'] as const satisfies readonly (keyof typeof services)[];
export type CacheTenant = (typeof cacheTenants)[number];
