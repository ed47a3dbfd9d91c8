import * as z from 'zod';

/**
 * What `accept-upload` puts on the render queue when it has judged a job's upload; the verdict is in the job's record in S3. An accepted one is rendered; a
 * refused one is only shown in the projection, since `accept-upload` runs outside the VPC and cannot reach Redis.
 */
export const renderMessageSchema = z.object({ jobId: z.ulid() });
export type RenderMessage = z.infer<typeof renderMessageSchema>;
