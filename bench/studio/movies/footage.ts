import { ffmpeg } from './ffmpeg.ts';

export const to709 = 'scale=out_color_matrix=bt709:out_range=tv,format=yuv420p';
const bt709 = ['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709'];
const x264 = ['-vf', to709, '-c:v', 'libx264', '-preset', 'fast', '-crf', '18', '-g', '60'];

/** Detail at every size that moves and has grain, which codecs find hard: five seconds of 720p, 30 frames a second. */
export async function makeFootageMovie(file: string): Promise<void> {
  const footage = 'mandelbrot=s=1280x720:r=30:maxiter=300,noise=alls=4:allf=t';
  await ffmpeg('-f', 'lavfi', '-i', footage, '-t', '5', ...x264, ...bt709, file);
}

/** The like as a GIF of 480 × 480, 20 frames a second, in the best 256 colours. */
export async function makeFootageGif(file: string, frames: number): Promise<void> {
  const footage = 'mandelbrot=s=480x480:r=20:maxiter=300,noise=alls=3:allf=t';
  await ffmpeg(
    '-f',
    'lavfi',
    // The footage never ends; its palette is made of all of it.
    '-t',
    String(frames / 20),
    '-i',
    footage,
    '-filter_complex',
    'split[a][b];[a]palettegen[p];[b][p]paletteuse',
    file,
  );
}

/** The same `times` times in a row, without another encoding. */
export const repeatMovie = async (file: string, times: number, target: string): Promise<string> =>
  await ffmpeg('-stream_loop', String(times - 1), '-i', file, '-c', 'copy', target);
