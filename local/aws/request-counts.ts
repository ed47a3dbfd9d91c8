import type { FastifyInstance } from 'fastify';

/** What AWS bills by the request: S3's two classes and SQS's calls. Deletes are free. */
export interface RequestCounts {
  readonly s3Writes: number;
  readonly s3Reads: number;
  readonly sqs: number;
}

/** Counts billable requests from now on. Source of the classes: Amazon S3 pricing, "Requests & data retrievals" (a listing is billed as a write). */
export function countRequests(app: FastifyInstance): () => RequestCounts {
  let [s3Writes, s3Reads, sqs] = [0, 0, 0];
  app.addHook('onRequest', async (request) => {
    const isListing = request.method === 'GET' && request.url.includes('list-type=');
    if (request.headers['x-amz-target'] !== undefined) {
      sqs += 1;
    } else if (request.method === 'PUT' || request.method === 'POST' || isListing) {
      s3Writes += 1;
    } else if (request.method === 'GET' || request.method === 'HEAD') {
      s3Reads += 1;
    }
  });
  return () => ({ s3Writes, s3Reads, sqs });
}
