import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { createCodeDeployments } from '../../../../functions/deployments/adapters/https-code-deployments.ts';

const info = (more: object) => ({
  deploymentInfo: { deploymentId: 'd', status: 'Succeeded', createTime: 1_780_311_840.5, ...more },
});
const answers: Readonly<Record<string, unknown>> = {
  'd-user': info({ creator: 'user' }),
  'd-back': info({
    creator: 'codeDeployRollback',
    rollbackInfo: { rollbackTriggeringDeploymentId: 'd-failed', rollbackMessage: 'went back' },
  }),
  'd-bare': info({ creator: 'codeDeployRollback' }),
  'd-strange': {},
};
const asked: Record<string, unknown>[] = [];
async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { deploymentId }: { deploymentId: string } = JSON.parse(await text(request));
  asked.push({ ...request.headers, deploymentId });
  const known = answers[deploymentId];
  response.statusCode = known === undefined ? 400 : 200;
  response.end(JSON.stringify(known ?? { __type: 'DeploymentDoesNotExistException' }));
}
const server = createServer((request, response) => void answer(request, response));

beforeAll(async () => {
  vi.stubEnv('AWS_REGION', 'eu-west-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIA');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  vi.stubEnv(
    'AWS_ENDPOINT_URL_CODEDEPLOY',
    typeof address === 'object' ? `http://127.0.0.1:${address?.port}` : '',
  );
});
afterAll(() => {
  vi.unstubAllEnvs();
  server.close();
});

const rollbackOf = (id: string) => createCodeDeployments().rollbackOf('us-east-1', id);

it('CodeDeploy says what it made to go back, and from what', async () => {
  expect(await rollbackOf('d-user')).toBeUndefined();
  expect(await rollbackOf('d-back')).toEqual({ failedId: 'd-failed', beganMs: 1_780_311_840_500 });
  expect(await rollbackOf('d-bare')).toEqual({ failedId: undefined, beganMs: 1_780_311_840_500 });
});

it('is asked in the function’s name, in the region of the deployment', async () => {
  await rollbackOf('d-user');
  expect(asked.at(-1)).toMatchObject({
    deploymentId: 'd-user',
    'x-amz-target': 'CodeDeploy_20141006.GetDeployment',
    'content-type': 'application/x-amz-json-1.1',
    authorization: expect.stringMatching(
      /^AWS4-HMAC-SHA256 Credential=AKIA\/\d{8}\/us-east-1\/codedeploy\/aws4_request, /u,
    ),
  });
});

it('is not guessed where CodeDeploy does not say it', async () => {
  await expect(rollbackOf('d-nowhere')).rejects.toThrow('CodeDeploy answered 400');
  await expect(rollbackOf('d-strange')).rejects.toThrow('deploymentInfo');
});
