import * as z from 'zod';
import { studioFormatSchema } from './recipe.ts';

/** An edit goes forward only: accepted → making → done | failed. What is made at once begins with making; nothing leaves done or failed. */
export const editStates = ['accepted', 'making', 'done', 'failed'] as const;
export const editStateSchema = z.enum(editStates);
export type EditState = z.infer<typeof editStateSchema>;

/** Derived from the recipe and from what it is drawn with: the same recipe has the same id. */
export const editIdSchema = z.string().regex(/^[0-9a-f]{64}$/u);

/** Why nothing could be made: a stable code, a sentence for people, and where in the recipe it is. */
export const editFailureSchema = z.object({
  code: z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/u),
  message: z.string(),
  errors: z.array(z.object({ pointer: z.string(), detail: z.string() })).optional(),
});
export type EditFailure = z.infer<typeof editFailureSchema>;

/** What was made. Lengths in pixels, times in milliseconds. */
export const editResultSchema = z.object({
  /** Root-relative: resolve it against the address of the site. Immutable. */
  url: z.string(),
  format: studioFormatSchema,
  contentType: z.string(),
  bytes: z.int(),
  width: z.int(),
  height: z.int(),
  /** 0 of a still. */
  durationMs: z.number(),
  frames: z.int(),
  /** What was found to fit, where the recipe has `maxBytes`. */
  chosen: z
    .object({ quality: z.int(), width: z.int(), height: z.int(), frameRate: z.number().optional() })
    .optional(),
  sound: z.enum(['none', 'kept', 'dropped']),
  /** What was done otherwise than asked for, in sentences. */
  notes: z.array(z.string()),
});
export type EditResult = z.infer<typeof editResultSchema>;

const instant = z.iso.datetime();

/** `GET /studio/edits/{id}`. Times are ISO 8601 UTC, one for each state that the edit has reached. */
export const editSchema = z.object({
  id: editIdSchema,
  /** Root-relative address of this edit. */
  self: z.string(),
  state: editStateSchema,
  times: z.object({
    accepted: instant,
    making: instant.optional(),
    done: instant.optional(),
    failed: instant.optional(),
  }),
  /** Present when done. */
  result: editResultSchema.optional(),
  /** Present when failed. */
  failure: editFailureSchema.optional(),
  /** Root-relative address that leads to the result and makes it again when it has expired, where one can say all of the recipe. */
  share: z.string().optional(),
});
export type Edit = z.infer<typeof editSchema>;

/** What `edit` puts on the queue: what to do is in the edit's record in S3. */
export const makeMessageSchema = z.object({ editId: editIdSchema });
export type MakeMessage = z.infer<typeof makeMessageSchema>;

export const hasEnded = (state: EditState): boolean => state === 'done' || state === 'failed';
