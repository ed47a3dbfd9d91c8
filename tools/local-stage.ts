import { z } from 'zod';
import path from 'node:path';
import { projectFolder } from './project-folder.ts';
import { readIfThere } from './read-if-there.ts';

const localStageSchema = z.object({
  origin: z.url(),
  endpoints: z.object({
    s3: z.url(),
    sqs: z.url(),
    lambda: z.url(),
    kms: z.url(),
    redis: z.object({ url: z.url(), certificateFile: z.string() }).optional(),
  }),
  credentials: z.object({
    accessKeyId: z.string(),
    secretAccessKey: z.string(),
    sessionToken: z.string().optional(),
  }),
  region: z.string().default('eu-west-1'),
});
export type LocalStage = z.infer<typeof localStageSchema>;

/** Where a running stage writes about itself. */
export const localStageFile = path.join(projectFolder, 'build/local-stage.json');

/** What a running local stage says about itself; undefined when none runs. */
export async function readLocalStage(file: string = localStageFile): Promise<LocalStage | undefined> {
  const text = await readIfThere(file);
  return text === undefined ? undefined : localStageSchema.parse(JSON.parse(text));
}

/** Lets SDK clients that are made from now on lead to the running local stage, as they do in its functions. @returns undefined when none runs */
export async function useLocalStage(): Promise<LocalStage | undefined> {
  const local = await readLocalStage();
  if (local !== undefined) {
    const { endpoints, credentials, region } = local;
    process.env['AWS_ENDPOINT_URL_S3'] = endpoints.s3;
    process.env['AWS_ENDPOINT_URL_KMS'] = endpoints.kms;
    process.env['AWS_REGION'] = region;
    process.env['AWS_ACCESS_KEY_ID'] = credentials.accessKeyId;
    process.env['AWS_SECRET_ACCESS_KEY'] = credentials.secretAccessKey;
    if (credentials.sessionToken !== undefined) {
      process.env['AWS_SESSION_TOKEN'] = credentials.sessionToken;
    }
  }
  return local;
}
