import { randomUUID } from 'node:crypto';
import type { HttpRequest, HttpResponse } from '../http/http-message.ts';
import { type AsyncOptions, invokeAsync } from '../sources/async-invoker.ts';
import type { LambdaFunction } from './lambda-function.ts';

const json = (status: number, body: string, headers: Record<string, string> = {}): HttpResponse => ({
  status,
  headers: { 'content-type': 'application/json', 'x-amzn-requestid': randomUUID(), ...headers },
  body,
});

/** Lambda's Invoke API, synchronous and asynchronous. */
export function invokeApi(
  functions: ReadonlyMap<string, LambdaFunction>,
  optionsOf: (functionName: string) => AsyncOptions,
): (request: HttpRequest) => Promise<HttpResponse> {
  return async (request) => {
    const encoded = /^\/2015-03-31\/functions\/([^/?]+)\/invocations/u.exec(request.url)?.[1];
    const name =
      decodeURIComponent(encoded ?? '')
        .split(':')
        .at(-1) ?? '';
    const fn = functions.get(name);
    if (request.method !== 'POST' || fn === undefined) {
      return json(404, JSON.stringify({ Type: 'User', Message: `Function not found: ${name}` }), {
        'x-amzn-errortype': 'ResourceNotFoundException',
      });
    }
    const event: unknown = JSON.parse(request.body.toString('utf8') || '{}');
    if (request.headers['x-amz-invocation-type'] === 'Event') {
      void invokeAsync(fn, event, optionsOf(name));
      return json(202, '');
    }
    const outcome = await fn.invoke(event);
    return outcome.ok
      ? json(200, outcome.payload)
      : json(200, JSON.stringify(outcome.error), { 'x-amz-function-error': 'Unhandled' });
  };
}
