import * as z from 'zod';
import type { Faults } from './faults.ts';
import type { HttpRequest, HttpResponse } from './http/http-message.ts';
import { parseTarget } from './http/request-target.ts';

const on = z.string().min(1).describe('A construct path, like Render or RenderQueue/Queue.');

/** What somebody may break to see who is told. */
const faultSchema = z.discriminatedUnion('fault', [
  z.strictObject({ fault: z.literal('failFunction'), on }),
  z.strictObject({ fault: z.literal('slowFunction'), on, ms: z.int().min(1).max(900_000) }),
  z.strictObject({ fault: z.literal('throttle'), on }),
  z.strictObject({ fault: z.literal('healFunction'), on }),
  z.strictObject({ fault: z.literal('blockQueue'), on }),
  z.strictObject({ fault: z.literal('unblockQueue'), on }),
  z.strictObject({ fault: z.literal('elapseVisibility') }),
  z.strictObject({ fault: z.literal('redisDown') }),
  z.strictObject({ fault: z.literal('redisUp') }),
  z.strictObject({ fault: z.literal('secretsDown') }),
  z.strictObject({ fault: z.literal('secretsUp') }),
  z.strictObject({ fault: z.literal('failSink') }),
  z.strictObject({ fault: z.literal('healSink') }),
]);
type Fault = z.output<typeof faultSchema>;

/** Answers `POST /_stage/faults`; undefined for anything else. Only JSON is taken, which a page of another site cannot send here without being asked first. */
export function faultPage(faults: Faults): (request: HttpRequest) => Promise<HttpResponse> | undefined {
  return (request) =>
    request.method === 'POST' && parseTarget(request.url).path === '/_stage/faults'
      ? answer(faults, request)
      : undefined;
}

async function answer(faults: Faults, request: HttpRequest): Promise<HttpResponse> {
  if (!/^application\/json\b/u.test(request.headers['content-type'] ?? '')) {
    return problem(415, 'Send the fault as application/json.');
  }
  const fault = faultSchema.safeParse(parse(request.body));
  if (!fault.success) {
    return problem(
      400,
      `${z.prettifyError(fault.error)}\nFor example {"fault": "failFunction", "on": "Render"}.`,
    );
  }
  try {
    await begin(faults, fault.data);
  } catch (error) {
    // A path that leads nowhere; the message names those that do.
    return problem(404, error instanceof Error ? error.message : String(error));
  }
  return { status: 204, headers: {}, body: '' };
}

function begin(faults: Faults, fault: Fault): Promise<unknown> | void {
  switch (fault.fault) {
    case 'slowFunction':
      return faults.slowFunction(fault.on, fault.ms);
    case 'failSink':
      return faults.failSink(500);
    case 'failFunction':
    case 'throttle':
    case 'healFunction':
    case 'blockQueue':
    case 'unblockQueue':
      return faults[fault.fault](fault.on);
    case 'elapseVisibility':
    case 'redisDown':
    case 'redisUp':
    case 'secretsDown':
    case 'secretsUp':
    case 'healSink':
      return faults[fault.fault]();
  }
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}

const problem = (status: number, detail: string): HttpResponse => ({
  status,
  headers: { 'content-type': 'application/problem+json' },
  body: JSON.stringify({ status, detail }),
});
