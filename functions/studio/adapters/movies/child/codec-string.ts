import type { Size } from '../movie-calls.ts';

/** VP9 levels by the most pixels of a frame. Source: VP9 Levels, webmproject.org. */
const vp9Levels = [
  [36_864, '10'],
  [73_728, '11'],
  [122_880, '20'],
  [245_760, '21'],
  [552_960, '30'],
  [983_040, '31'],
  [2_228_224, '41'],
  [8_912_896, '51'],
] as const;

/** The codec's name with profile and level, as WebCodecs and containers want it. @param packet the first, a key frame */
export function codecString(codec: 'avc' | 'vp9', packet: Uint8Array, { width, height }: Size): string {
  if (codec === 'vp9') {
    const level = vp9Levels.find(([pixels]) => width * height <= pixels)?.[1] ?? '61';
    // Profile 0, 8 bits, 4:2:0, BT.709 thrice, limited range.
    return `vp09.00.${level}.08.01.01.01.01.00`;
  }
  const profile = sequenceParameters(packet);
  return `avc1.${Buffer.from(profile).toString('hex')}`;
}

/** Profile, constraints and level: the three bytes after the header of the sequence parameter set. Source: ITU-T H.264, 7.3.2.1.1 and annex B. */
function sequenceParameters(packet: Uint8Array): Uint8Array {
  for (let at = 0; at + 7 < packet.length; at += 1) {
    const isStart = packet[at] === 0 && packet[at + 1] === 0 && packet[at + 2] === 1;
    if (isStart && ((packet[at + 3] ?? 0) & 31) === 7) {
      return packet.subarray(at + 4, at + 7);
    }
  }
  throw new Error('The encoder made no sequence parameter set');
}
