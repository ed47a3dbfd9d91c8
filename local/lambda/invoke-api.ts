import { randomUUID } from 'node:crypto';
import type { HttpRequest, HttpResponse } from '../http/http-message.ts';
import type { AsyncInvoker } from '../sources/async-invoker.ts';
import type { LambdaFunction } from './lambda-function.ts';

/** Lambda's quotas for the payload of an invocation, in bytes. Source: AWS Lambda developer guide, "Lambda quotas". */
const maxBytes = { RequestResponse: 6 * 1024 * 1024, Event: 1024 * 1024 } as const;

/** Lambda's Invoke API, synchronous and asynchronous. */
export function invokeApi(
  functions: ReadonlyMap<string, LambdaFunction>,
  asyncInvoker: AsyncInvoker,
): (request: HttpRequest) => Promise<HttpResponse> {
  return async (request) => {
    const name = functionName(request.url);
    const fn = functions.get(name);
    if (request.method !== 'POST' || fn === undefined) {
      return failure(404, 'ResourceNotFoundException', `Function not found: ${name}`);
    }
    const type = request.headers['x-amz-invocation-type'] ?? 'RequestResponse';
    if (type !== 'RequestResponse' && type !== 'Event') {
      return failure(
        400,
        'InvalidParameterValueException',
        `The local stage knows no invocation type ${type}`,
      );
    }
    if (request.body.byteLength > maxBytes[type]) {
      return failure(
        413,
        'RequestTooLargeException',
        `${request.body.byteLength} byte payload is too large for the ${type} invocation type (limit ${maxBytes[type]} bytes)`,
      );
    }
    const event = parseEvent(request.body.toString('utf8'));
    if (event === undefined) {
      return failure(400, 'InvalidRequestContentException', 'Could not parse request body into json');
    }
    if (type === 'Event') {
      asyncInvoker.invoke(fn, event.value);
      return json(202, '');
    }
    const outcome = await fn.invoke(event.value);
    if (!outcome.ok && outcome.isThrottled === true) {
      return json(
        429,
        JSON.stringify({
          Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
          Type: 'User',
          message: outcome.error.errorMessage,
        }),
        { 'x-amzn-errortype': outcome.error.errorType },
      );
    }
    return outcome.ok
      ? json(200, outcome.payload, { 'x-amz-executed-version': '$LATEST' })
      : json(200, JSON.stringify(outcome.error), {
          'x-amz-executed-version': '$LATEST',
          'x-amz-function-error': 'Unhandled',
        });
  };
}

/** A name, or an ARN, either with a qualifier. */
function functionName(url: string): string {
  const encoded = /^\/2015-03-31\/functions\/([^/?]+)\/invocations/u.exec(url)?.[1] ?? '';
  const given = decodeURIComponent(encoded);
  return /(?:^|:function:)([\w-]+)(?::[$\w-]+)?$/u.exec(given)?.[1] ?? given;
}

function parseEvent(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: text === '' ? {} : JSON.parse(text) };
  } catch {
    return undefined;
  }
}

const json = (status: number, body: string, headers: Record<string, string> = {}): HttpResponse => ({
  status,
  headers: { 'content-type': 'application/json', 'x-amzn-requestid': randomUUID(), ...headers },
  body,
});

const failure = (status: number, type: string, message: string): HttpResponse =>
  json(status, JSON.stringify({ Type: 'User', Message: message }), { 'x-amzn-errortype': type });
