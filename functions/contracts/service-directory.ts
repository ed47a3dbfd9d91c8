import * as z from 'zod';

/** As a queue's message group takes it: letters, digits, dots, hyphens, underscores. */
const serviceId = z.string().regex(/^[A-Za-z0-9][\w.-]{0,99}$/u, 'write letters, digits, dots, hyphens');
/** A service's id; with a star at its end, every id that begins so. */
const servicePattern = z.string().regex(/^(?:\*|[A-Za-z0-9][\w.-]{0,99}\*?)$/u);

const service = z.strictObject({
  id: serviceId,
  team: z.string().min(1),
  product: z.string().min(1),
  /** Where its code lies: host and path without a protocol; `path` where one repository has several services. */
  repositories: z
    .array(
      z.strictObject({
        address: z.string().regex(/^[\w.-]+\/[\w./~-]+$/u, 'write an address like github.com/acme/shop'),
        path: z
          .string()
          .regex(/^[^/].*[^/]$/u)
          .optional(),
      }),
    )
    .default([]),
  /** Beginnings of the names of its stacks, functions and alarms in AWS; `{environment}` stands for letters and digits: `fanfare-{environment}-render`. */
  aws: z.array(z.string().min(3)).default([]),
  /** Ids of its services in PagerDuty. */
  pagerDuty: z.array(z.string().min(1)).default([]),
  /** Beginnings of package URLs without versions: `pkg:oci/render`. */
  artifacts: z.array(z.string().startsWith('pkg:')).default([]),
});
export type DirectoryService = z.infer<typeof service>;

export const connectionKinds = ['cdevents', 'github', 'gitlab', 'pagerduty'] as const;

const connection = z.strictObject({
  /** Its secret is `fanfare/<stage>/deployments/<id>`. */
  id: z.string().regex(/^[a-z][a-z0-9-]{0,62}$/u, 'write it in kebab case'),
  kind: z.enum(connectionKinds),
  /** For whom it may speak. */
  services: z.array(servicePattern).min(1),
  /** Where incidents happen of which the sender does not say it. */
  environment: z.string().min(1).default('production'),
});
export type Connection = z.infer<typeof connection>;

/** Who there is, and who may speak for whom. */
export const serviceDirectory = z.strictObject({
  services: z.array(service),
  connections: z.array(connection),
});
export type ServiceDirectory = z.infer<typeof serviceDirectory>;
