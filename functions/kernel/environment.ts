import * as z from 'zod';

/**
 * The function's environment, checked once at cold start.
 * Throws at import when a variable is missing or malformed, naming all of them, so that a wrong deployment fails its first invocation.
 */
export function parseEnvironment<Schema extends z.ZodType>(schema: Schema): z.infer<Schema> {
  const parsed = schema.safeParse(process.env);
  if (!parsed.success) {
    throw new Error(`The environment is not as declared in env.ts:\n${z.prettifyError(parsed.error)}`);
  }
  return parsed.data;
}
