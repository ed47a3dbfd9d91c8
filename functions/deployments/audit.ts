import { KMSClient } from '@aws-sdk/client-kms';
import { systemClock } from '../kernel/clock.ts';
import { parseEnvironment } from '../kernel/environment.ts';
import { httpHandler } from '../kernel/http.ts';
import { createHeadKey } from './adapters/kms-head-key.ts';
import { archiveLines } from './adapters/s3-archive-lines.ts';
import { createStatementReader } from './adapters/s3-head-store.ts';
import { auditService } from './domain/audit/audit-service.ts';
import { readAuditQuery } from './domain/report/read-query.ts';
import { unknownService } from './domain/report/unknown-service.ts';
import { auditEnv } from './env.ts';

/** An answer comes after so long at the latest, or soon after it, in milliseconds: whoever waits sees that it goes on. */
const pieceMs = 5000;

const env = parseEnvironment(auditEnv);
const statements = createStatementReader(env.HEADS_BUCKET_NAME);
const headKey = createHeadKey(new KMSClient({}), env.HEAD_KEY_ARN);

export const handler = httpHandler({
  'GET /deployments/services/{id}/audit': async ({ pathParameters, queryStringParameters }) => {
    const until = systemClock() + pieceMs;
    const service = pathParameters?.['id'] ?? '';
    const body = await auditService(
      {
        lines: (of, fromPlace) => archiveLines(env.ARCHIVE_BUCKET_NAME, of, fromPlace),
        statements,
        key: await headKey(),
        signingKey: env.HEAD_KEY_ARN,
        isTimeUp: () => systemClock() >= until,
      },
      service,
      readAuditQuery(queryStringParameters),
    );
    return body.state === 'whole' && body.records === 0 ? unknownService(service) : { status: 200, body };
  },
});
