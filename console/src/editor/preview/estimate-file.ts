import { expectedBytesAPixel } from '../../../../functions/studio/domain/costs.ts';
import { estimate } from '../../../../functions/studio/domain/estimate.ts';
import type { Plan } from '../../../../functions/studio/domain/plan.ts';
import type { PreviewEstimate } from './preview.ts';

/** The quality that `expectedBytesAPixel` is of. */
const usualQuality = 80;
/** Files grow about so with the quality, in the range that people use. */
const growth = 1.3;

/** What making a plan takes, and roughly how large its file is. */
export function estimateFile(plan: Plan): PreviewEstimate {
  const { canvas, frames, output } = plan;
  const isLossless = output.format === 'png' || output.format === 'gif';
  const quality = isLossless ? 1 : (output.quality / usualQuality) ** growth;
  const bytes = canvas.width * canvas.height * frames.length * expectedBytesAPixel[output.format] * quality;
  return {
    milliseconds: estimate(plan).milliseconds,
    bytes: Math.round(Math.min(bytes, output.maxBytes ?? Infinity)),
  };
}
