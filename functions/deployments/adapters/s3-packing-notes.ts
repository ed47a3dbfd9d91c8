import * as z from 'zod';
import { getJson, putJsonIf } from '../../kernel/s3.ts';
import type { PackingNotes, PackingState } from '../domain/packs/ports.ts';
import { packingNotesPrefix } from '../domain/to-do-prefixes.ts';

const stateSchema = z.object({
  statement: z.int().nonnegative(),
  heads: z.array(z.object({ service: z.string(), sequence: z.int().positive(), hash: z.string() })),
}) satisfies z.ZodType<PackingState>;

const key = `${packingNotesPrefix}state.json`;

/** In the work bucket: they may be lost, and are then made again from all that was signed. */
export function createPackingNotes(bucket: string): PackingNotes {
  let version: string | undefined;
  return {
    read: async () => {
      const stored = await getJson(bucket, key, stateSchema);
      version = stored?.version;
      return stored?.value;
    },
    write: async (state) => {
      const expected = version === undefined ? 'absent' : { version };
      const written = await putJsonIf(bucket, key, state, expected);
      version = written ?? version;
      return written !== undefined;
    },
  };
}
