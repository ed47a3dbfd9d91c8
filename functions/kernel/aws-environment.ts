import * as z from 'zod';

const environmentSchema = z.object({
  AWS_REGION: z.string(),
  AWS_ACCESS_KEY_ID: z.string(),
  AWS_SECRET_ACCESS_KEY: z.string(),
  AWS_SESSION_TOKEN: z.string().optional(),
  AWS_ENDPOINT_URL_S3: z.url().optional(),
  AWS_ENDPOINT_URL_SQS: z.url().optional(),
  AWS_ENDPOINT_URL_CODEDEPLOY: z.url().optional(),
});

/** Services that are asked without the SDK. */
export type AwsService = 's3' | 'sqs' | 'codedeploy';

export interface AwsEnvironment {
  readonly region: string;
  readonly credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string | undefined;
  };
  /** Others than AWS's own, such as the local ones, by service. */
  readonly endpoints: Readonly<Partial<Record<AwsService, string | undefined>>>;
}

/**
 * Whom to ask and in whose name: as the SDK finds them in Lambda's environment, which is the same for the whole life of an execution environment. Throws where
 * there is none.
 */
export function awsEnvironment(): AwsEnvironment {
  const env = environmentSchema.parse(process.env);
  return {
    region: env.AWS_REGION,
    credentials: {
      accessKeyId: env.AWS_ACCESS_KEY_ID,
      secretAccessKey: env.AWS_SECRET_ACCESS_KEY,
      sessionToken: env.AWS_SESSION_TOKEN,
    },
    endpoints: {
      s3: env.AWS_ENDPOINT_URL_S3,
      sqs: env.AWS_ENDPOINT_URL_SQS,
      codedeploy: env.AWS_ENDPOINT_URL_CODEDEPLOY,
    },
  };
}
