import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { HttpRequest, HttpResponse } from '../http/http-message.ts';

const requestSchema = z.object({ SecretId: z.string().min(1) });

/** Secrets by name. */
export type Secrets = ReadonlyMap<string, string>;

/** Whether Secrets Manager answers with errors of its own. */
export interface SecretsFault {
  isAway: boolean;
}

/** `GetSecretValue` of Secrets Manager, by name or ARN. Source: AWS Secrets Manager API reference. */
export function secretsManager(
  secrets: Secrets,
  place: { readonly account: string; readonly region: string },
  fault: Readonly<SecretsFault>,
): (request: HttpRequest) => Promise<HttpResponse> {
  const createdAt = Date.now() / 1000;
  const arnOf = (name: string): string =>
    `arn:aws:secretsmanager:${place.region}:${place.account}:secret:${name}`;
  return async (request) => {
    if (fault.isAway) {
      return failure('InternalServiceError', 'An error occurred on the server side.', 500);
    }
    const action = request.headers['x-amz-target'];
    if (action !== 'secretsmanager.GetSecretValue') {
      return failure(
        'UnknownOperationException',
        `The local stage knows GetSecretValue only, not ${action}.`,
      );
    }
    const parsed = requestSchema.safeParse(JSON.parse(request.body.toString('utf8') || '{}'));
    if (!parsed.success) {
      return failure('InvalidParameterException', 'You must provide a SecretId.');
    }
    const { SecretId } = parsed.data;
    const name = [...secrets.keys()].find(
      (each) => SecretId === each || SecretId === arnOf(each) || isFullArn(SecretId, arnOf(each)),
    );
    if (name === undefined) {
      return failure('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
    }
    return json(200, {
      ARN: arnOf(name),
      Name: name,
      VersionId: randomUUID(),
      VersionStages: ['AWSCURRENT'],
      CreatedDate: createdAt,
      SecretString: secrets.get(name),
    });
  };
}

/** Secrets Manager adds a hyphen and six characters to a secret's name. */
const isFullArn = (given: string, arn: string): boolean =>
  given.startsWith(`${arn}-`) && /^[\w?]{6}$/u.test(given.slice(arn.length + 1));

const json = (status: number, body: unknown, headers: Record<string, string> = {}): HttpResponse => ({
  status,
  headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': randomUUID(), ...headers },
  body: JSON.stringify(body),
});

const failure = (type: string, message: string, status = 400): HttpResponse =>
  json(status, { __type: type, Message: message }, { 'x-amzn-errortype': type });
