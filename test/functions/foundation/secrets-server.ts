import * as z from 'zod';
import { LocalServer } from '../local-server.ts';

const request = z.object({ SecretId: z.string() });

/** Secrets Manager's GetSecretValue, as far as it is asked. `secrets` may change while it runs. */
export const startSecretsManager = (secrets: Readonly<Record<string, string>>): Promise<LocalServer> =>
  LocalServer.start(({ headers, body }, response) => {
    const { SecretId } = request.parse(JSON.parse(body));
    const value = headers['x-amz-target'] === 'secretsmanager.GetSecretValue' ? secrets[SecretId] : undefined;
    const answer =
      value === undefined
        ? { __type: 'ResourceNotFoundException', message: 'Secrets Manager can’t find the specified secret.' }
        : { Name: SecretId, SecretString: value };
    response
      .writeHead(value === undefined ? 400 : 200, { 'content-type': 'application/x-amz-json-1.1' })
      .end(JSON.stringify(answer));
  });
