import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type * as z from 'zod';
import { toPointer } from '../contracts/json-pointer.ts';
import { HttpProblem } from './http-problem.ts';

/** The request's JSON body as `schema` gives it; a 400 or 422 problem that points to what was wrong. */
export function parseJsonBody<Schema extends z.ZodType>(
  event: APIGatewayProxyEventV2,
  schema: Schema,
): z.infer<Schema> {
  const mediaType = event.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (mediaType !== undefined && mediaType !== 'application/json' && !mediaType.endsWith('+json')) {
    throw new HttpProblem(415, 'not-json', `The body must be application/json, not ${mediaType}.`);
  }
  const text = event.isBase64Encoded
    ? Buffer.from(event.body ?? '', 'base64').toString('utf8')
    : (event.body ?? '');
  const parsed = schema.safeParse(parseJson(text));
  if (parsed.success) {
    return parsed.data;
  }
  throw new HttpProblem(
    422,
    'invalid-request',
    'The request is not of the shape that this address accepts.',
    {
      errors: parsed.error.issues.map((issue) => ({ pointer: toPointer(issue.path), detail: issue.message })),
    },
  );
}

function parseJson(text: string): unknown {
  if (text.trim() === '') {
    throw new HttpProblem(400, 'malformed-json', 'The body is empty; a JSON object is expected.');
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new HttpProblem(400, 'malformed-json', `The body is not JSON: ${reason}.`, { cause: error });
  }
}
