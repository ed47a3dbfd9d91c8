import {
  BlobSource,
  EncodedPacketSink,
  Input,
  type InputVideoTrack,
  MP4,
  QTFF,
  VideoSampleSink,
  WEBM,
} from 'mediabunny';
import { PermanentError } from '../../../../../functions/kernel/errors.ts';
import { createSurface } from '../surface.ts';
import { inTurn } from './in-turn.ts';
import type { AnimationFrames } from './native-frames.ts';
import type { OpenedSource } from './opened-source.ts';
import { seekFrames } from './seek-frames.ts';

const damaged = (cause?: unknown): PermanentError =>
  new PermanentError(
    'damaged-source',
    'The clip is damaged, incomplete, or of a kind that this browser cannot show. Choose an MP4 or WebM.',
    { cause },
  );

/** A clip. Frames are decoded when they are wanted; forward is fastest. */
export async function openMovie(file: Blob, contentType: string): Promise<OpenedSource> {
  const input = new Input({ source: new BlobSource(file), formats: [MP4, QTFF, WEBM] });
  try {
    const track = await input.getPrimaryVideoTrack();
    if (track === null) {
      throw damaged();
    }
    const audio = await input.getPrimaryAudioTrack();
    const starts = await frameStarts(track);
    const delaysMs = delaysOf(starts, (await track.getDurationFromMetadata()) ?? 0);
    const times = starts.map(({ timestamp }) => timestamp);
    const reader = (await track.canDecode()) ? new FrameReader(track, times) : await seekFrames(file, times);
    return {
      probed: {
        kind: 'movie',
        contentType,
        width: await track.getDisplayWidth(),
        height: await track.getDisplayHeight(),
        delaysMs,
        durationMs: exact(delaysMs.reduce((sum, delay) => sum + delay, 0)),
        hasTransparency: false,
        audio: audio === null ? undefined : ((await audio.getCodec()) ?? 'unknown'),
        colour: 'as the clip says',
        bytes: file.size,
      },
      frame: (index) => reader.frame(index),
      close: () => {
        reader.close();
        input.dispose();
      },
    };
  } catch (error) {
    input.dispose();
    throw error instanceof PermanentError ? error : damaged(error);
  }
}

interface Start {
  /** In seconds of the track. */
  readonly timestamp: number;
  readonly duration: number;
}

/** When frames are shown, in order of presentation. What is shown before the first key frame refers to something that is not in the file. */
async function frameStarts(track: InputVideoTrack): Promise<Start[]> {
  const found: (Start & { readonly isKey: boolean })[] = [];
  const isVp8 = (await track.getCodec()) === 'vp8';
  const packets = new EncodedPacketSink(track).packets(undefined, undefined, { metadataOnly: !isVp8 });
  for await (const { timestamp, duration, type, data } of packets) {
    if (!isVp8 || isShown(data)) {
      found.push({ timestamp, duration, isKey: type === 'key' });
    }
  }
  const start = found.find(({ isKey }) => isKey)?.timestamp ?? Infinity;
  const shown = found
    .filter(({ timestamp }) => timestamp >= start)
    .toSorted((a, b) => a.timestamp - b.timestamp);
  const first = shown.findIndex(({ timestamp, duration }) => timestamp >= 0 || timestamp + duration > 0);
  if (first === -1) {
    throw damaged();
  }
  return shown.slice(first);
}

/** VP8 has frames that are only referred to. Source: RFC 6386, section 9.1. */
const isShown = (data: Uint8Array): boolean => ((data[0] ?? 0) & 0x10) !== 0;

/** Each frame's time to the next, in milliseconds to the microsecond. */
function delaysOf(starts: readonly Start[], endOfTrack: number): number[] {
  const times = starts.map(({ timestamp }) => Math.round(Math.max(0, timestamp) * 1e6) / 1e6);
  const last = times.at(-1) ?? 0;
  const own = starts.at(-1)?.duration ?? 0;
  // The last one's own is not in every WebM: there it is what the file lasts longer, or the frame before did.
  const end = own > 0 ? last + own : endOfTrack > last ? endOfTrack : last + (last - (times.at(-2) ?? last));
  return times.map((time, index) => exact(((times[index + 1] ?? end) - time) * 1000));
}

const exact = (ms: number): number => Math.round(ms * 1000) / 1000;

/** Reads on from the last frame where that is nearer than a new beginning. */
class FrameReader implements AnimationFrames {
  readonly #sink: VideoSampleSink;
  readonly #times: readonly number[];
  #samples: ReturnType<VideoSampleSink['samples']> | undefined;
  #next = 0;
  /** They share a decoder. */
  readonly frame = inTurn((index) => this.#read(index));

  constructor(track: InputVideoTrack, times: readonly number[]) {
    this.#sink = new VideoSampleSink(track);
    this.#times = times;
  }

  close(): void {
    void this.#samples?.return();
  }

  async #read(index: number): Promise<ImageBitmap> {
    try {
      if (this.#samples === undefined || index < this.#next || index > this.#next + nearFrames) {
        await this.#samples?.return();
        this.#samples = this.#sink.samples(this.#times[index] ?? 0);
        this.#next = index;
      }
      for (;;) {
        const { value: sample, done } = await this.#samples.next();
        if (done === true) {
          throw damaged();
        }
        const isWanted = this.#next === index;
        this.#next += 1;
        try {
          if (isWanted) {
            const { surface, context } = createSurface(sample.displayWidth, sample.displayHeight);
            sample.draw(context, 0, 0);
            return surface.transferToImageBitmap();
          }
        } finally {
          sample.close();
        }
      }
    } catch (error) {
      this.#samples = undefined;
      throw error instanceof PermanentError ? error : damaged(error);
    }
  }
}

/** Decoding on takes less than seeking. */
const nearFrames = 20;
