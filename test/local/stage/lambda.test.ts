import { InvokeCommand, type InvokeCommandOutput } from '@aws-sdk/client-lambda';
import { describe, expect, it } from 'vitest';
import { bundle, lambda } from './assembly-fixture.ts';
import { useSmallStage } from './stage-fixture.ts';

const running = useSmallStage(
  {
    Assorted: lambda('assorted', {
      Timeout: 1,
      MemorySize: 512,
      Environment: { Variables: { GREETING: 'hello', TABLE: { 'Fn::Sub': '${AWS::StackName}-table' } } },
    }),
    Broken: lambda('broken'),
    Callback: lambda('callback'),
    Pooled: lambda('pooled', { ReservedConcurrentExecutions: 2 }),
  },
  {
    assorted: bundle(`
      let count = 0;
      export const handler = async (event, context) => {
        count += 1;
        switch (event.do) {
          case 'context': return { ...context, remaining: context.getRemainingTimeInMillis(), count };
          case 'environment': return process.env;
          case 'throw': throw new TypeError('no such luck');
          case 'throw text': throw 'a text';
          case 'nothing': return undefined;
          case 'loop': for (;;) {}
          case 'wait': return new Promise((resolve) => setTimeout(resolve, 60_000));
          case 'exit': process.exit(3);
          case 'crash': setTimeout(() => { throw new RangeError('out of the blue'); }); return new Promise(() => {});
          case 'reject': Promise.reject(new Error('nobody looked')); return new Promise(() => {});
          case 'process': return { pid: process.pid, count };
          default: return event;
        }
      };`),
    broken: bundle(`throw new SyntaxError('cannot even start');`),
    callback: bundle(`export const handler = (event, context, callback) => callback(null, 1);`),
    pooled: bundle(`
      export const handler = async () => {
        await new Promise((resolve) => setTimeout(resolve, 100));
        return process.pid;
      };`),
  },
);

const invoke = async (name: string, event: unknown): Promise<InvokeCommandOutput> => {
  const { stage, lambda: client } = running();
  return client.send(
    new InvokeCommand({
      FunctionName: stage.function(name).options.name,
      Payload: Buffer.from(JSON.stringify(event)),
    }),
  );
};
const answer = ({ Payload }: InvokeCommandOutput): unknown => JSON.parse(Payload?.transformToString() ?? '');

describe('a function', () => {
  it('answers with what its handler returns, as JSON', async () => {
    const output = await invoke('Assorted', { any: ['thing', 1, null] });
    expect(output).toMatchObject({ StatusCode: 200, ExecutedVersion: '$LATEST' });
    expect(answer(output)).toEqual({ any: ['thing', 1, null] });
    expect(answer(await invoke('Assorted', { do: 'nothing' }))).toBeNull();
  });

  it('gets a context that counts down its time', async () => {
    const context = answer(await invoke('Assorted', { do: 'context' }));
    expect(context).toMatchObject({
      functionName: 'small-Assorted',
      functionVersion: '$LATEST',
      memoryLimitInMB: '512',
      logGroupName: '/aws/lambda/small-Assorted',
      invokedFunctionArn: expect.stringMatching(/^arn:aws:lambda:eu-west-1:\d{12}:function:small-Assorted$/u),
      awsRequestId: expect.stringMatching(/^[\da-f-]{36}$/u),
    });
    expect(context).toHaveProperty(
      'remaining',
      expect.toSatisfy((ms: number) => ms > 0 && ms <= 1000),
    );
  });

  it('sees the environment of the template and of Lambda, and nothing of this machine', async () => {
    const environment = answer(await invoke('Assorted', { do: 'environment' }));
    const { endpoints, credentials } = running().stage;
    expect(environment).toEqual({
      GREETING: 'hello',
      TABLE: 'small-table',
      AWS_REGION: 'eu-west-1',
      AWS_DEFAULT_REGION: 'eu-west-1',
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
      AWS_LAMBDA_FUNCTION_NAME: 'small-Assorted',
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '512',
      AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
      AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/small-Assorted',
      AWS_LAMBDA_LOG_STREAM_NAME: 'local',
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_SESSION_TOKEN: credentials.sessionToken,
      AWS_ENDPOINT_URL_KMS: endpoints.kms,
      AWS_ENDPOINT_URL_S3: endpoints.s3,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: endpoints.secretsManager,
      AWS_ENDPOINT_URL_SQS: endpoints.sqs,
      LAMBDA_TASK_ROOT: expect.stringContaining('small-Assorted'),
      LAMBDA_RUNTIME_DIR: '/var/runtime',
      LANG: 'en_US.UTF-8',
      PATH: '/usr/local/bin:/usr/bin:/bin',
      TZ: ':UTC',
      _HANDLER: 'index.handler',
    });
  });

  it('is warm the second time', async () => {
    const first = answer(await invoke('Assorted', { do: 'process' }));
    const second = answer(await invoke('Assorted', { do: 'process' }));
    const { pid, count } = Object(first);
    expect(second).toEqual({ pid, count: count + 1 });
  });

  it.each([
    ['throw', { errorType: 'TypeError', errorMessage: 'no such luck', trace: expect.any(Array) }],
    ['throw text', { errorType: 'string', errorMessage: 'a text', trace: [] }],
    ['exit', { errorType: 'Runtime.ExitError', errorMessage: 'Runtime exited with error: exit status 3' }],
    ['crash', { errorType: 'RangeError', errorMessage: 'out of the blue' }],
    ['reject', { errorType: 'Runtime.UnhandledPromiseRejection', errorMessage: 'Error: nobody looked' }],
  ])('fails in the form of Lambda when its handler does: %s', async (what, error) => {
    const output = await invoke('Assorted', { do: what });
    expect(output).toMatchObject({ StatusCode: 200, FunctionError: 'Unhandled' });
    expect(answer(output)).toMatchObject(error);
    // And the next invocation has a sound process.
    expect(answer(await invoke('Assorted', { fine: true }))).toEqual({ fine: true });
  });

  it.each(['wait', 'loop'])('is killed at its time-out, whatever it does: %s', async (what) => {
    const before = Object(answer(await invoke('Assorted', { do: 'process' }))).pid;
    const startedAt = performance.now();
    const output = await invoke('Assorted', { do: what });
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(995);
    expect(output.FunctionError).toBe('Unhandled');
    expect(answer(output)).toMatchObject({
      errorType: 'Sandbox.Timedout',
      errorMessage: expect.stringMatching(
        /^RequestId: [\da-f-]{36} Error: Task timed out after 1\.00 seconds$/u,
      ),
    });
    expect(() => process.kill(before, 0)).toThrow('ESRCH');
  });

  it('tells what is wrong with a bundle that cannot start', async () => {
    expect(answer(await invoke('Broken', {}))).toMatchObject({
      errorType: 'SyntaxError',
      errorMessage: 'cannot even start',
    });
    expect(answer(await invoke('Callback', {}))).toMatchObject({
      errorType: 'Runtime.CallbackHandlerDeprecated',
    });
  });

  it('runs in as many processes as are needed and reserved, one invocation at a time in each', async () => {
    const startedAt = performance.now();
    const pids = await Promise.all(Array.from({ length: 6 }, async () => answer(await invoke('Pooled', {}))));
    expect(new Set(pids).size).toBe(2);
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(295);
  });

  it('loses its process on demand', async () => {
    const { stage } = running();
    stage.faults.killNext('Assorted', 20);
    const killed = await invoke('Assorted', { do: 'wait' });
    expect(answer(killed)).toMatchObject({ errorMessage: expect.stringContaining('signal: killed') });
    const { pid } = Object(answer(await invoke('Assorted', { do: 'process' })));
    expect(stage.faults.killNow('Assorted')).toBeGreaterThanOrEqual(1);
    expect(Object(answer(await invoke('Assorted', { do: 'process' }))).pid).not.toBe(pid);
  });
});

describe('the Invoke API', () => {
  it('takes an ARN or a qualified name for a name', async () => {
    const { lambda: client, stage } = running();
    const { arn, name } = stage.function('Assorted').options;
    for (const FunctionName of [arn, `${name}:$LATEST`]) {
      const output = await client.send(
        new InvokeCommand({ FunctionName, Payload: Buffer.from('{"any":"name"}') }),
      );
      expect(answer(output)).toEqual({ any: 'name' });
    }
  });

  it('refuses what Lambda refuses', async () => {
    const { lambda: client, stage } = running();
    const { name } = stage.function('Assorted').options;
    await expect(client.send(new InvokeCommand({ FunctionName: 'unknown' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
    await expect(
      client.send(new InvokeCommand({ FunctionName: name, Payload: Buffer.from('{') })),
    ).rejects.toMatchObject({ name: 'InvalidRequestContentException' });
    await expect(
      client.send(new InvokeCommand({ FunctionName: name, Payload: Buffer.alloc(7 * 1024 * 1024, '1') })),
    ).rejects.toMatchObject({ name: 'RequestTooLargeException' });
  });
});
