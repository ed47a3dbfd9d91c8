import { createHmac, randomUUID } from 'node:crypto';
import { localConnectionSecret } from '../../local/secrets/made-up-secrets.ts';

export interface SenderAnswer {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Headers;
}

/** A CDEvent of a deployment, made up as far as nothing is said. */
export function aDeployment(
  service: string,
  more: { readonly id?: string; readonly at?: string; readonly environment?: string } = {},
) {
  return {
    context: {
      specversion: '0.5.1',
      id: more.id ?? randomUUID(),
      source: 'https://ci.example/shop',
      type: 'dev.cdevents.service.deployed.0.3.0',
      timestamp: more.at ?? new Date().toISOString(),
    },
    subject: {
      id: service,
      content: {
        environment: { id: more.environment ?? 'production' },
        artifactId: 'pkg:oci/shop@sha256%3Aabc',
      },
    },
  };
}

/** A tool that sends events to a stage, signed as the connection `ci`. */
export class DeploymentSender {
  readonly #origin: string;
  readonly #connection: string;

  constructor(origin: string, connection = 'ci') {
    this.#origin = origin;
    this.#connection = connection;
  }

  /** @param headers over those of a bare CDEvent that is well signed */
  async send(body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<SenderAnswer> {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return this.post('/deployments/events', text, {
      'content-type': 'application/json',
      'x-fanfare-connection': this.#connection,
      'x-fanfare-signature': `sha256=${sign(localConnectionSecret(this.#connection), text)}`,
      ...headers,
    });
  }

  async post(path: string, body: string, headers: Readonly<Record<string, string>>): Promise<SenderAnswer> {
    const answer = await fetch(`${this.#origin}${path}`, { method: 'POST', body, headers });
    const text = await answer.text();
    return {
      status: answer.status,
      headers: answer.headers,
      body: text === '' ? undefined : JSON.parse(text),
    };
  }
}

/** HMAC-SHA256 in hex. */
export const sign = (secret: string, text: string): string =>
  createHmac('sha256', secret).update(text).digest('hex');
