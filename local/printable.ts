import * as z from 'zod';
import { parseJson } from '../functions/kernel/parse-json.ts';

const logSchema = z.looseObject({
  level: z.string(),
  message: z.unknown(),
  error: z.looseObject({ message: z.string().optional() }).optional(),
});

/** A function's log line for people: structured entries shortened, metrics (EMF) left out. */
export function printable(line: string): string | undefined {
  if (!line.startsWith('{')) {
    return line;
  }
  const value: unknown = parseJson(line);
  if (typeof value === 'object' && value !== null && '_aws' in value) {
    return undefined;
  }
  const entry = logSchema.safeParse(value);
  if (!entry.success) {
    return line;
  }
  const { level, message, error } = entry.data;
  return `${level} ${String(message)}${error?.message === undefined ? '' : `: ${error.message}`}`;
}
