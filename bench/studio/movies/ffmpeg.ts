import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
/** Where distributions put it. */
const program = '/usr/bin/ffmpeg';

/** Runs ffmpeg and answers what it said. */
export async function ffmpeg(...args: readonly string[]): Promise<string> {
  const { stderr } = await run(program, ['-hide_banner', '-nostdin', '-y', ...args], {
    maxBuffer: 64 * 1024 ** 2,
  });
  return stderr;
}

/** How near the pictures of a movie are to those of another, in dB over all planes. */
export async function psnr(file: string, original: string): Promise<number> {
  // By their number: a microsecond between two frames of the same would compare others.
  const numbered = 'settb=1/30,setpts=N';
  const compare = `[0:v]${numbered}[own];[1:v]${numbered}[original];[own][original]psnr`;
  const said = await ffmpeg('-i', file, '-i', original, '-lavfi', compare, '-f', 'null', '-');
  return Number(/average:([\d.]+)/u.exec(said)?.[1]);
}
