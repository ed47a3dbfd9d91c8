import type { FastifyInstance } from 'fastify';

/** What AWS bills by the request: S3's two classes and SQS's calls. Deletes are free. */
export interface RequestCounts {
  readonly s3Writes: number;
  readonly s3Reads: number;
  readonly sqs: number;
}

export interface RequestCounter {
  read(): RequestCounts;
  /** One more call of SQS that did not come over HTTP. */
  countSqs(): void;
  /** One more request for an object of S3 that no hook has seen. */
  countS3(method: 'GET' | 'PUT' | 'POST'): void;
}

/** Counts billable requests from now on. Source of the classes: Amazon S3 pricing, "Requests & data retrievals" (a listing is billed as a write). */
export function countRequests(app: FastifyInstance): RequestCounter {
  let [s3Writes, s3Reads, sqs] = [0, 0, 0];
  app.addHook('onRequest', (request, _reply, done) => {
    const isListing = request.method === 'GET' && request.url.includes('list-type=');
    if (request.headers['x-amz-target'] !== undefined) {
      sqs += 1;
    } else if (request.method === 'PUT' || request.method === 'POST' || isListing) {
      s3Writes += 1;
    } else if (request.method === 'GET' || request.method === 'HEAD') {
      s3Reads += 1;
    }
    done();
  });
  return {
    read: () => ({ s3Writes, s3Reads, sqs }),
    countSqs: () => {
      sqs += 1;
    },
    countS3: (method) => {
      s3Writes += method === 'GET' ? 0 : 1;
      s3Reads += method === 'GET' ? 1 : 0;
    },
  };
}
