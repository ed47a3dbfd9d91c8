import * as z from 'zod';

/** What may be empty. */
export const text = z.string();
export const name = z.string().min(1);
/** A URI or a relative reference; what it leads to is the sender's business. */
export const uriReference = z.string().regex(/^[^\s<>"{}|\\^`]+$/u, 'write a URI reference, without spaces');
/** One that says its scheme. */
export const uri = z
  .string()
  .regex(/^[A-Za-z][\w+.-]*:[^\s<>"{}|\\^`]+$/u, 'write a URI with its scheme, without spaces');
/** Something that is told of elsewhere. */
export const reference = z.strictObject({ id: name, source: uriReference.optional() });
export const outcome = z.enum(['success', 'failure', 'cancel', 'error']);

/** What is special of one type. */
export interface CdEventContent {
  readonly version: string;
  /** `subject.content` */
  readonly content: z.ZodType;
  /** `subject.type`, which went with 0.5, where the published schema has kept it. */
  readonly subjectType?: string;
}
