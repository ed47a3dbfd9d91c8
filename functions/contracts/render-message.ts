import { z } from 'zod';

/**
 * What `accept-upload` puts on the render queue. `accepted`: render the job's upload. `refused`: the refusal is in the job's record in S3;
 * show it in the projection (`accept-upload` runs outside the VPC and cannot reach Redis).
 */
export const renderMessageSchema = z.object({
  verdict: z.enum(['accepted', 'refused']),
  jobId: z.ulid(),
});
export type RenderMessage = z.infer<typeof renderMessageSchema>;
