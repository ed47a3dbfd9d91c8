import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { callerHasGone } from './long-poll.ts';
import { S3Error } from './s3-error.ts';
import { SqsError } from './sqs-error.ts';

/** Answers what a request has thrown, in its service's form. What neither service knows is printed: it is the front's own fault. */
export function answerError(error: FastifyError | Error, request: FastifyRequest, reply: FastifyReply): void {
  if (error instanceof SqsError) {
    reply
      .status(error.code === 'InternalFailure' ? 500 : 400)
      .headers({ 'content-type': 'application/x-amz-json-1.0', 'x-amzn-query-error': `${error.code};Sender` })
      .send(error.toJson());
    return;
  }
  if (error instanceof S3Error) {
    reply.status(error.statusCode).header('content-type', 'application/xml').send(error.toXml());
    return;
  }
  answerError(
    request.headers['x-amz-target'] === undefined ? asS3Error(error, request) : asSqsError(error, request),
    request,
    reply,
  );
}

function asS3Error(error: FastifyError | Error, request: FastifyRequest): S3Error {
  if ('code' in error && error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    return new S3Error(400, 'EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size');
  }
  if (isCallersFault(error)) return new S3Error(400, 'InvalidRequest', error.message);
  print(error, request);
  return new S3Error(500, 'InternalError', 'We encountered an internal error. Please try again.');
}

function asSqsError(error: FastifyError | Error, request: FastifyRequest): SqsError {
  if (isCallersFault(error)) return new SqsError('SerializationException', error.message);
  print(error, request);
  return new SqsError('InternalFailure', 'The request processing has failed because of an unknown error.');
}

/** Fastify marks what it refuses; a body that is not JSON is refused by the parser itself. */
function isCallersFault(error: FastifyError | Error): boolean {
  if (error instanceof SyntaxError) return true;
  return 'statusCode' in error && error.statusCode !== undefined && error.statusCode < 500;
}

/** A caller that leaves in the middle of its body is no error of anybody here. */
function print(error: Error, request: FastifyRequest): void {
  if (!callerHasGone(request)) console.error(`${request.method} ${request.url}:`, error);
}
