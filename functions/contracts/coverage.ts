import * as z from 'zod';

/** Inclusive code point ranges, ascending and disjoint: what a font stack can draw. */
export const coverageSchema = z.array(z.tuple([z.int().min(0), z.int().max(0x10ffff)]));
export type Coverage = z.infer<typeof coverageSchema>;
