import { execFile } from 'node:child_process';
import { access } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { CompiledCampaign, Variant } from '../../../functions/contracts/campaign.ts';
import { layerText } from '../../../functions/personalise/domain/layer-text.ts';

const run = promisify(execFile);
/** Version 7 and version 6, where distributions put them. */
const programs = ['/usr/bin/magick', '/usr/bin/convert'];

/** ImageMagick's program on this machine, undefined when there is none. */
export async function findImageMagick(): Promise<string | undefined> {
  for (const program of programs) {
    const there = await access(program).then(
      () => true,
      () => false,
    );
    if (there && (await run(program, ['-version'])).stdout.includes('ImageMagick')) {
      return program;
    }
  }
  return undefined;
}

/** The arguments with which ImageMagick makes the same picture: orientation, cover crop, cut, every layer, text of a known size. */
export async function magickArguments(
  photoFile: string,
  variant: Variant,
  campaign: CompiledCampaign,
  slots: Readonly<Record<string, string>>,
  fileOf: (name: string) => Promise<string>,
  output: string,
): Promise<string[]> {
  const args = ['-size', `${variant.width}x${variant.height}`, `xc:${variant.background}`];
  for (const layer of variant.layers) {
    const { left, top, width, height } = layer.box ?? { left: 0, top: 0, ...variant };
    const place = ['-gravity', 'NorthWest', '-geometry', `+${left}+${top}`, '-composite'];
    if (layer.type === 'image') {
      args.push(await fileOf(layer.source), ...place);
    } else if (layer.type === 'photo') {
      const crop = [
        '-auto-orient',
        '-resize',
        `${width}x${height}^`,
        '-gravity',
        'Center',
        '-extent',
        `${width}x${height}`,
      ];
      const cut = [
        '(',
        '-size',
        `${width}x${height}`,
        'xc:none',
        '-fill',
        'white',
        '-draw',
        `ellipse ${width / 2},${height / 2} ${width / 2},${height / 2} 0,360`,
        ')',
        '-compose',
        'DstIn',
        '-composite',
        '-compose',
        'Over',
      ];
      args.push('(', photoFile, ...crop, ...(layer.shape === 'rectangle' ? [] : cut), ')', ...place);
    } else {
      const text = layerText(layer, slots);
      const font = campaign.fonts.find(({ id }) => id === layer.font)?.files[0] ?? '';
      const size = String(Math.round(layer.box.height * 0.5));
      args.push('-font', await fileOf(font), '-pointsize', size, '-fill', layer.colour.slice(0, 7));
      args.push('-gravity', 'NorthWest', '-annotate', `+${left}+${top + height / 2}`, text);
    }
  }
  return [...args, '-strip', '-quality', String(variant.quality), output];
}

export async function runImageMagick(program: string, args: readonly string[]): Promise<void> {
  await run(program, args);
}
