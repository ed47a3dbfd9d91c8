import path from 'node:path';
import type * as z from 'zod';
import { pointerTo } from '../campaign/problem.ts';
import { readIfThere } from '../read-if-there.ts';
import { TemplateError } from './problem.ts';

/** Reads a JSON file and holds it against its schema. Throws a TemplateError with every departure. */
export async function readJson<T extends z.ZodType>(file: string, schema: T): Promise<z.output<T>> {
  const text = await readIfThere(file);
  if (text === undefined) {
    throw new TemplateError(path.dirname(file), [
      { pointer: '', detail: `There is no ${path.basename(file)} in this folder.` },
    ]);
  }
  const parsed = schema.safeParse(parse(file, text));
  if (!parsed.success) {
    throw new TemplateError(
      file,
      parsed.error.issues.map((issue) => ({ pointer: pointerTo(...issue.path), detail: issue.message })),
    );
  }
  return parsed.data;
}

function parse(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) {
      throw new TemplateError(file, [{ pointer: '', detail: `It is not JSON: ${error.message}.` }]);
    }
    throw error;
  }
}
