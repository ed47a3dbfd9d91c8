import {
  ALL_FORMATS,
  BufferSource,
  BufferTarget,
  EncodedAudioPacketSource,
  EncodedPacket,
  EncodedPacketSink,
  EncodedVideoPacketSource,
  Input,
  Mp4OutputFormat,
  Output,
} from 'mediabunny';

/** An AAC frame of silence, stereo: 1024 samples at 48 kHz. */
const silence = Uint8Array.from([0x21, 0x10, 0x04, 0x60, 0x8c, 0x1c]);
const silenceSeconds = 1024 / 48_000;
const silenceConfig = {
  codec: 'mp4a.40.2',
  sampleRate: 48_000,
  numberOfChannels: 2,
  description: Uint8Array.from([0x11, 0x90]),
} as const;

/** The same pictures in an MP4 that says something else of itself. */
export async function remux(
  bytes: Uint8Array,
  {
    rotation = 0,
    hasPicture = true,
    hasSound = false,
  }: {
    readonly rotation?: 0 | 90 | 180 | 270;
    readonly hasPicture?: boolean;
    readonly hasSound?: boolean;
  },
): Promise<Uint8Array> {
  const input = new Input({ source: new BufferSource(bytes), formats: ALL_FORMATS });
  const track = await input.getPrimaryVideoTrack();
  const config = await track?.getDecoderConfig();
  if (!track || !config) {
    throw new Error('The clip has no picture');
  }
  const output = new Output({
    format: new Mp4OutputFormat({ fastStart: 'in-memory' }),
    target: new BufferTarget(),
  });
  const video = hasPicture ? new EncodedVideoPacketSource('avc') : undefined;
  const audio = hasSound ? new EncodedAudioPacketSource('aac') : undefined;
  if (video) {
    output.addVideoTrack(video, { rotation });
  }
  if (audio) {
    output.addAudioTrack(audio);
  }
  await output.start();
  for await (const packet of new EncodedPacketSink(track).packets()) {
    await video?.add(packet, { decoderConfig: config });
  }
  video?.close();
  const seconds = await track.computeDuration();
  for (let at = 0; at < seconds; at += silenceSeconds) {
    await audio?.add(new EncodedPacket(silence, 'key', at, silenceSeconds), { decoderConfig: silenceConfig });
  }
  audio?.close();
  await output.finalize();
  return new Uint8Array(output.target.buffer ?? new ArrayBuffer());
}
