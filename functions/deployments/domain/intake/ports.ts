import type { DeploymentEvent } from '../../../contracts/deployment-event.ts';
import type { Clock } from '../../../kernel/clock.ts';
import type { Meter } from '../../../kernel/meter.ts';
import type { DirectoryIndex } from './directory-index.ts';

/** The secrets of connections. */
export interface ConnectionSecrets {
  /** Those that are valid: the current one, and the previous one while it is being replaced. Throws when they cannot be had. */
  of(connection: string): Promise<readonly string[]>;
  /** As `of`, but as they are now, if they have not been asked for just before. */
  freshOf(connection: string): Promise<readonly string[]>;
}

/** What has been taken in and waits for `record`. */
export interface EventQueue {
  /** When it returns, all of them are durable, in this order within a service. Throws when one is not; some may be durable then. */
  send(events: readonly DeploymentEvent[]): Promise<void>;
}

export interface ReceiveDeps {
  readonly directory: () => Promise<DirectoryIndex>;
  readonly secrets: ConnectionSecrets;
  readonly queue: EventQueue;
  readonly meter: Meter;
  readonly clock: Clock;
}

/** A deployment of CodeDeploy that was made to go back. */
export interface Rollback {
  /** What it goes back from, where that is told. */
  readonly failedId: string | undefined;
  readonly beganMs: number;
}

/** CodeDeploy's deployments. */
export interface CodeDeployments {
  /** Whether CodeDeploy made a deployment to go back; undefined when somebody else made it. Throws when that cannot be told. */
  rollbackOf(region: string, deploymentId: string): Promise<Rollback | undefined>;
}

export type TakeAwsDeps = Omit<ReceiveDeps, 'secrets'> & { readonly deployments: CodeDeployments };
