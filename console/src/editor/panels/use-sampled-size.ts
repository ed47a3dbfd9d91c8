import { useEffect, useState } from 'preact/hooks';
import type { Plan } from '../../../../functions/studio/domain/plan.ts';
import type { Preview } from '../preview/preview.ts';
import { sampleSize } from './sample-size.ts';

/** How long nothing must have changed: frames are not encoded with every letter. */
const quietMs = 350;

/** How large the file will be, in bytes; undefined until that is known. */
export function useSampledSize(
  preview: Preview,
  plan: Plan | undefined,
  otherwise: number | undefined,
): number | undefined {
  const [bytes, setBytes] = useState<number>();
  useEffect(() => {
    if (plan === undefined) {
      return undefined;
    }
    const controller = new AbortController();
    const { signal } = controller;
    const sample = async (): Promise<void> => {
      try {
        const sampled = await sampleSize(preview, plan, signal);
        if (!signal.aborted) {
          setBytes(sampled);
        }
      } catch {
        // What cannot be painted here is missing on the canvas too, which says so; what is known of the format alone has to do.
        if (!signal.aborted) {
          setBytes(otherwise);
        }
      }
    };
    const timer = setTimeout(() => {
      void sample();
    }, quietMs);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [preview, plan]);
  return bytes;
}
