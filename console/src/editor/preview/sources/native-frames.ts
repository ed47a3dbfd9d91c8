import type { DecodedFrame } from './opened-source.ts';

/** Frames of an animation, in any order. */
export interface AnimationFrames {
  frame(index: number): Promise<DecodedFrame>;
  close(): void;
}

/** The browser's own decoder; undefined where it has none for this. */
export async function nativeFrames(
  bytes: Uint8Array<ArrayBuffer>,
  contentType: string,
): Promise<AnimationFrames | undefined> {
  if (!('ImageDecoder' in globalThis) || !(await ImageDecoder.isTypeSupported(contentType))) {
    return undefined;
  }
  const decoder = new ImageDecoder({ data: bytes, type: contentType, preferAnimation: true });
  await decoder.tracks.ready;
  return {
    frame: async (frameIndex) => {
      const { image } = await decoder.decode({ frameIndex });
      return { picture: image, close: () => image.close() };
    },
    close: () => decoder.close(),
  };
}
