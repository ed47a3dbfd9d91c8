import type { EventProblem } from '../../../contracts/cdevent.ts';
import type { DeploymentEvent } from '../../../contracts/deployment-event.ts';
import { HttpProblem, unavailable } from '../../../kernel/http-problem.ts';
import { deploymentsMetrics } from '../../metrics.ts';
import { eventIdOf, identityOf } from '../identity.ts';
import { authenticate } from './authenticate.ts';
import type { ReceiveDeps } from './ports.ts';
import { readCloudEvents, type SentEvent } from './read-cloud-events.ts';
import type { SignedRequest } from './signatures.ts';
import { type Intake, takeIn, type TakenIn } from './take-in.ts';

/** What was done with the events of a request, by their place in it. */
export interface Receipt {
  readonly accepted: readonly {
    readonly index: number;
    readonly id: string;
    readonly service: string;
    readonly marks: DeploymentEvent['marks'];
  }[];
  readonly refused: readonly { readonly index: number; readonly errors: readonly EventProblem[] }[];
}

/**
 * Takes in the CDEvents of one request. When it returns, the accepted ones are durable; a bad event of a batch is refused alone.
 *
 * @throws HttpProblem when nothing was accepted, or when it is not known whether everything is durable: then all may be sent again
 */
export async function receiveEvents(deps: ReceiveDeps, request: SignedRequest): Promise<Receipt> {
  const directory = await deps.directory();
  const claimed = request.headers['x-fanfare-connection'] ?? '';
  const connection = await authenticate(deps, directory, { id: claimed, kind: 'cdevents' }, request);
  const { events, isBatch } = readCloudEvents(request);
  const intake: Intake = { directory, connection, receivedMs: deps.clock() };
  const results = events.map((each) => takenIn(each, intake));
  const taken = results.flatMap((each) => (each.isTaken ? [each.event] : []));
  deps.meter.count(deploymentsMetrics.eventRefused, results.length - taken.length);
  const [first] = results;
  if (!isBatch && first?.isTaken === false) {
    throw toProblem(first);
  }
  await queue(deps, taken);
  const receipt: Receipt = {
    accepted: results.flatMap((each, index) =>
      each.isTaken ? [{ index, ...nameOf(each.event), marks: each.event.marks }] : [],
    ),
    refused: results.flatMap((each, index) => (each.isTaken ? [] : [{ index, errors: each.problems }])),
  };
  if (isBatch && taken.length === 0 && results.length > 0) {
    throw new HttpProblem(422, 'invalid-request', 'No event of the batch can be taken in.', {
      errors: receipt.refused.flatMap(({ index, errors }) =>
        errors.map(({ pointer, detail }) => ({ pointer: `/${index}${pointer}`, detail })),
      ),
    });
  }
  return receipt;
}

/** Makes events durable. Throws a 503 that invites to send all of them again: they are recognised. */
export async function queue(
  { queue: events, meter }: Pick<ReceiveDeps, 'queue' | 'meter'>,
  taken: readonly DeploymentEvent[],
): Promise<void> {
  try {
    await events.send(taken);
  } catch (error) {
    throw unavailable('Events cannot be taken in at the moment. Send the same request again.', 10, error);
  }
  meter.count(deploymentsMetrics.eventQueued, taken.length);
}

export const nameOf = (event: DeploymentEvent): { id: string; service: string } => ({
  id: eventIdOf(event.service, identityOf(event.event)),
  service: event.service,
});

const takenIn = ({ value, problems }: SentEvent, intake: Intake): TakenIn =>
  problems.length > 0 ? { isTaken: false, reason: 'invalid', problems } : takeIn(value, intake);

const toProblem = ({ reason, problems }: Extract<TakenIn, { isTaken: false }>): HttpProblem =>
  reason === 'invalid'
    ? new HttpProblem(422, 'invalid-event', 'The event is not of the shape that CDEvents 0.5.1 has.', {
        errors: [...problems],
      })
    : new HttpProblem(403, 'not-your-service', 'The sender may not speak for this service.', {
        errors: [...problems],
      });
