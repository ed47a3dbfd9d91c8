import { createHmac } from 'node:crypto';
import type { DeploymentEvent } from '../../../functions/contracts/deployment-event.ts';
import { serviceDirectory } from '../../../functions/contracts/service-directory.ts';
import { shortType } from '../../../functions/deployments/domain/essence.ts';
import { DirectoryIndex } from '../../../functions/deployments/domain/intake/directory-index.ts';
import type {
  ReceiveDeps,
  Rollback,
  TakeAwsDeps,
} from '../../../functions/deployments/domain/intake/ports.ts';

/** HMAC-SHA256 in hex. */
export const sign = (secret: string, body: string): string =>
  createHmac('sha256', secret).update(body).digest('hex');

export const directory = new DirectoryIndex(
  serviceDirectory.parse({
    services: [
      {
        id: 'cart',
        team: 'shop',
        product: 'Shop',
        repositories: [{ address: 'github.com/acme/shop', path: 'services/cart' }],
        aws: ['shop-{environment}-cart'],
        pagerDuty: ['PCART'],
        artifacts: ['pkg:oci/cart'],
      },
      {
        id: 'checkout',
        team: 'shop',
        product: 'Shop',
        repositories: [{ address: 'github.com/acme/shop', path: 'services/checkout' }],
      },
      {
        id: 'site',
        team: 'web',
        product: 'Site',
        repositories: [{ address: 'gitlab.com/acme/site' }],
      },
    ],
    connections: [
      { id: 'ci', kind: 'cdevents', services: ['*'] },
      { id: 'cart-ci', kind: 'cdevents', services: ['cart'] },
      { id: 'hub', kind: 'github', services: ['*'] },
      { id: 'cart-hub', kind: 'github', services: ['cart'] },
      { id: 'lab', kind: 'gitlab', services: ['*'] },
      { id: 'duty', kind: 'pagerduty', services: ['*'], environment: 'live' },
    ],
  }),
);

/** What `receive` and `take-aws` have around them, in memory. */
export class IntakeWorld {
  readonly queued: DeploymentEvent[] = [];
  readonly counts = new Map<string, number>();
  now = Date.parse('2026-06-01T12:00:00Z');
  isSecretStoreAway = false;
  isQueueAway = false;
  isCodeDeployAway = false;
  /** Of CodeDeploy's deployments, those that go back. */
  readonly rollbacks = new Map<string, Rollback>();
  /** Of every connection: those that are kept, and those that Secrets Manager has now. */
  kept: readonly string[] = ['a current secret', 'a previous secret'];
  fresh: readonly string[] = this.kept;

  readonly deps: ReceiveDeps & TakeAwsDeps = {
    directory: async () => directory,
    secrets: {
      of: async () => this.#secrets(this.kept),
      freshOf: async () => this.#secrets(this.fresh),
    },
    queue: {
      send: async (events) => {
        if (this.isQueueAway) {
          throw new Error('SQS is away');
        }
        this.queued.push(...events);
      },
    },
    meter: {
      count: (name, amount = 1) => void this.counts.set(name, (this.counts.get(name) ?? 0) + amount),
      time: () => undefined,
    },
    clock: () => this.now,
    deployments: {
      rollbackOf: async (_region, deploymentId) => {
        if (this.isCodeDeployAway) {
          throw new Error('CodeDeploy is away');
        }
        return this.rollbacks.get(deploymentId);
      },
    },
  };

  /** What was queued: of whom, of what type without its version, about what. */
  told(): { service: string; type: string; subject: string }[] {
    return this.queued.map(({ service, event }) => ({
      service,
      type: shortType(event.context.type),
      subject: event.subject.id,
    }));
  }

  #secrets(secrets: readonly string[]): readonly string[] {
    if (this.isSecretStoreAway) {
      throw new Error('Secrets Manager is away');
    }
    return secrets;
  }
}
