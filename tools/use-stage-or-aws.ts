import { S3Client } from '@aws-sdk/client-s3';
import { useLocalStage } from './local-stage.ts';

/**
 * Makes code that was written for a function reach the local stage while one runs, or else AWS in the name of whoever calls: credentials and region are found as
 * the AWS command line finds them, and put where a function has them.
 *
 * @returns what the stage says of itself; undefined when AWS is meant
 */
export async function useStageOrAws(isAws: boolean): Promise<Awaited<ReturnType<typeof useLocalStage>>> {
  const local = isAws ? undefined : await useLocalStage();
  if (local === undefined) {
    const { config } = new S3Client({});
    const { accessKeyId, secretAccessKey, sessionToken } = await config.credentials();
    process.env['AWS_REGION'] = await config.region();
    process.env['AWS_ACCESS_KEY_ID'] = accessKeyId;
    process.env['AWS_SECRET_ACCESS_KEY'] = secretAccessKey;
    if (sessionToken === undefined) {
      delete process.env['AWS_SESSION_TOKEN'];
    } else {
      process.env['AWS_SESSION_TOKEN'] = sessionToken;
    }
  }
  return local;
}
