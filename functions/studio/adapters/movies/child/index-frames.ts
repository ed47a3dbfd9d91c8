import type { EncodedPacketSink } from 'mediabunny';
import { damaged } from './damaged.ts';
import type { DecodedCodec } from './movie-file.ts';

/** Times in seconds of the track. */
export interface IndexedFrame {
  readonly timestamp: number;
  readonly duration: number;
  readonly isKey: boolean;
  /** The place of its packet in order of decoding. */
  readonly packet: number;
}

export interface FrameIndex {
  /** All that can be decoded, in order of presentation. */
  readonly frames: readonly IndexedFrame[];
  /** For each of them the one from which decoding has to start to get it. */
  readonly starts: readonly number[];
  /** The first that is seen: those before it are over when the movie begins, but others refer to them. */
  readonly first: number;
}

/** Ten minutes at 240 frames a second, and more: whatever has more is no clip, or a file that leads round in circles. */
const maxPackets = 200_000;

/** Every frame's time, from the container; of VP8 one byte of each packet is looked at. */
export async function indexFrames(sink: EncodedPacketSink, codec: DecodedCodec): Promise<FrameIndex> {
  const found: IndexedFrame[] = [];
  let packets = 0;
  for await (const packet of sink.packets(undefined, undefined, { metadataOnly: codec !== 'vp8' })) {
    if (
      !Number.isFinite(packet.timestamp) ||
      !Number.isFinite(packet.duration) ||
      packet.duration < 0 ||
      packets >= maxPackets
    ) {
      throw damaged();
    }
    if (codec !== 'vp8' || isShown(packet.data)) {
      const { timestamp, duration } = packet;
      found.push({ timestamp, duration, isKey: packet.type === 'key', packet: packets });
    }
    packets += 1;
  }
  // What is shown before the first key frame refers to something that is not in the file.
  const start = found.find(({ isKey }) => isKey)?.timestamp ?? Number.POSITIVE_INFINITY;
  const frames = found
    .filter(({ timestamp }) => timestamp >= start)
    .toSorted((a, b) => a.timestamp - b.timestamp);
  // Not every block of a WebM has a duration.
  const first = frames.findIndex(({ timestamp, duration }) => timestamp >= 0 || timestamp + duration > 0);
  if (first === -1) {
    throw damaged();
  }
  return { frames, starts: startsOf(frames), first };
}

/** VP8 has frames that are only referred to. Source: RFC 6386, section 9.1. */
const isShown = (data: Uint8Array): boolean => ((data[0] ?? 0) & 0x10) !== 0;

function startsOf(frames: readonly IndexedFrame[]): number[] {
  let start = 0;
  return frames.map(({ isKey }, index) => {
    start = isKey ? index : start;
    return start;
  });
}
