import { localConnectionSecret } from '../../local/secrets/made-up-secrets.ts';
import { aDeployment, sign } from './deployment-sender.ts';

interface BadRequest {
  /** Over those of a bare CDEvent that is well signed. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly status: number;
  /** The problem's code. */
  readonly code: string;
  /** Where the first thing wrong is. */
  readonly pointer?: string;
}

const event = aDeployment('never-recorded');
const signedAt = (time: string, secret: string) => ({
  'x-fanfare-time': time,
  'x-fanfare-signature': `sha256=${sign(secret, `${time}.${JSON.stringify(event)}`)}`,
});
const current = localConnectionSecret('ci');
const anHourAgo = new Date(Date.now() - 60 * 60_000).toISOString();
const batch = { 'content-type': 'application/cloudevents-batch+json' };

/** What is sent to `/deployments/events` and must not be taken in, by what is wrong with it. */
export const badRequests: readonly [string, BadRequest][] = [
  [
    'a wrong signature',
    {
      headers: { 'x-fanfare-signature': `sha256=${sign('a guess', JSON.stringify(event))}` },
      body: event,
      status: 401,
      code: 'not-authenticated',
    },
  ],
  [
    'no signature',
    { headers: { 'x-fanfare-signature': '' }, body: event, status: 401, code: 'not-authenticated' },
  ],
  [
    'a signature of an hour ago',
    { headers: signedAt(anHourAgo, current), body: event, status: 401, code: 'signature-too-old' },
  ],
  [
    'a time that nobody signed',
    {
      headers: { ...signedAt(anHourAgo, current), 'x-fanfare-time': new Date().toISOString() },
      body: event,
      status: 401,
      code: 'not-authenticated',
    },
  ],
  [
    'a connection that there is not',
    {
      headers: { 'x-fanfare-connection': 'nobody' },
      body: event,
      status: 401,
      code: 'not-authenticated',
    },
  ],
  ['no JSON', { body: '{"context":', status: 400, code: 'malformed-json' }],
  [
    'another content type',
    { headers: { 'content-type': 'text/plain' }, body: event, status: 415, code: 'unknown-content-type' },
  ],
  [
    'headers that tell of another event',
    {
      headers: {
        'ce-specversion': '1.0',
        'ce-id': 'another',
        'ce-source': event.context.source,
        'ce-type': event.context.type,
      },
      body: event,
      status: 422,
      code: 'invalid-event',
      pointer: '/context/id',
    },
  ],
  [
    'an event of another shape',
    {
      body: { ...event, subject: { id: 'shop', content: { environment: {} } } },
      status: 422,
      code: 'invalid-event',
      pointer: '/subject/content/environment/id',
    },
  ],
  [
    'a megabyte',
    {
      body: { ...event, customData: { text: 'x'.repeat(1024 * 1024) } },
      status: 413,
      code: 'body-too-large',
    },
  ],
  [
    'a batch of 501',
    { headers: batch, body: Array.from({ length: 501 }, () => 7), status: 413, code: 'batch-too-large' },
  ],
  [
    'a batch without one good event',
    { headers: batch, body: [{}, 7], status: 422, code: 'invalid-request', pointer: '/0/data' },
  ],
];
