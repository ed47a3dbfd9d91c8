import * as z from 'zod';
import { AwsRequestError } from './aws-request.ts';

const errorSchema = z.looseObject({ __type: z.string(), message: z.string().optional() });

/**
 * Reads what a service of the AWS JSON protocol says when it does not answer with success. A code comes with the name of its model before it:
 * `com.amazonaws.sqs#QueueDoesNotExist`.
 *
 * @param called what people call the service
 */
export const jsonErrorOf =
  (called: string) =>
  (status: number, json: string): AwsRequestError => {
    const error = json.startsWith('{') ? errorSchema.safeParse(JSON.parse(json)).data : undefined;
    const code = error?.__type.split('#').at(-1) ?? `Http${status}`;
    return new AwsRequestError(code, error?.message ?? `${called} answered ${status}`, status);
  };
