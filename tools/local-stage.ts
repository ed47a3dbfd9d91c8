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
