// One execution environment: imports the function's bundle and handles one invocation at a time, as the Lambda runtime does. Plain JavaScript, so that it starts as
// fast as the bundle itself.
import { enableCompileCache, flushCompileCache } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const { FANFARE_STAGE_BUNDLE: file, FANFARE_STAGE_FUNCTION_ARN: functionArn } = process.env;
delete process.env.FANFARE_STAGE_BUNDLE;
delete process.env.FANFARE_STAGE_FUNCTION_ARN;
// Processes of a function start at once when many invocations wait: what the first has compiled, the others need not.
enableCompileCache(path.join(path.dirname(file), '../.compiled'));
const exportName = process.env._HANDLER.split('.').at(-1);

// Without the stage there is nobody to work for. A terminal sends Ctrl-C to every process in front: when to end is the stage's to say.
process.on('disconnect', () => process.exit(0));
process.on('SIGINT', () => undefined);

const describe = (error, errorType) =>
  error instanceof Error
    ? {
        errorType: errorType ?? error.name,
        errorMessage: errorType === undefined ? error.message : String(error),
        trace: (error.stack ?? '').split('\n'),
      }
    : { errorType: errorType ?? typeof error, errorMessage: String(error), trace: [] };

/** Lambda ends the process, and so the next invocation gets a new one. */
const crash = (error) => process.send({ kind: 'crashed', error }, () => process.exit(1));
process.on('uncaughtException', (error) => crash(describe(error)));
process.on('unhandledRejection', (reason) => crash(describe(reason, 'Runtime.UnhandledPromiseRejection')));

const { [exportName]: handler } = await import(pathToFileURL(file).href);
const refuse = (errorType, errorMessage) => {
  throw Object.assign(new Error(errorMessage), { name: errorType });
};
if (typeof handler !== 'function') {
  refuse('Runtime.HandlerNotFound', `${process.env._HANDLER} is undefined or not exported`);
}
if (handler.length > 2) {
  refuse(
    'Runtime.CallbackHandlerDeprecated',
    'AWS Lambda has removed support for callback-based function handlers starting with Node.js 24: return a promise.',
  );
}

const context = ({ requestId, deadline }) => ({
  callbackWaitsForEmptyEventLoop: true,
  functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
  functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
  memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
  logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
  logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
  invokedFunctionArn: functionArn,
  awsRequestId: requestId,
  getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
});

async function handle(invocation) {
  try {
    const result = await handler(JSON.parse(invocation.event), context(invocation));
    process.send({ kind: 'answered', payload: JSON.stringify(result) ?? 'null' });
  } catch (error) {
    process.send({ kind: 'failed', error: describe(error) });
  }
}

process.on('message', (invocation) => void handle(invocation));
process.send({ kind: 'ready' });
flushCompileCache();
