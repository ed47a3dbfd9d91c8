// One execution environment: imports the function's bundle and handles one invocation at a time, as the Lambda runtime does. Plain JavaScript, so that it starts as
// fast as the bundle itself.
import { pathToFileURL } from 'node:url';

const [file, exportName] = [process.env.FANFARE_STAGE_BUNDLE, process.env._HANDLER.split('.').at(-1)];
delete process.env.FANFARE_STAGE_BUNDLE;

// Without the stage there is nobody to work for.
process.on('disconnect', () => process.exit(0));

const describe = (error) =>
  error instanceof Error
    ? { errorType: error.name, errorMessage: error.message, trace: (error.stack ?? '').split('\n') }
    : { errorType: typeof error, errorMessage: String(error), trace: [] };

process.on('uncaughtException', (error) => {
  process.send({ kind: 'crashed', error: describe(error) }, () => process.exit(129));
});
process.on('unhandledRejection', (error) => {
  process.send({ kind: 'crashed', error: describe(error) }, () => process.exit(128));
});

const { [exportName]: handler } = await import(pathToFileURL(file).href);
if (typeof handler !== 'function') {
  throw new TypeError(`${process.env._HANDLER} is not a function`);
}
if (handler.length > 2) {
  throw new TypeError(
    'Runtime.CallbackHandlerDeprecated: handlers with a callback are not run by nodejs24.x',
  );
}

const context = ({ requestId, deadline }) => ({
  callbackWaitsForEmptyEventLoop: true,
  functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
  functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
  memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
  logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
  logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
  invokedFunctionArn: process.env.FANFARE_STAGE_FUNCTION_ARN,
  awsRequestId: requestId,
  getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
});

process.on('message', async (invocation) => {
  try {
    const result = await handler(JSON.parse(invocation.event), context(invocation));
    process.send({ kind: 'answered', payload: JSON.stringify(result) ?? 'null' });
  } catch (error) {
    process.send({ kind: 'failed', error: describe(error) });
  }
});
process.send({ kind: 'ready' });
