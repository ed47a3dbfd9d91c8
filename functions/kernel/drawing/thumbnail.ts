import type { Picture } from './canvas.ts';

/** In each direction: enough of a pixel's area to see its colour through grain. */
const samplesAcross = 3;

/** A small copy for looking at, not for showing: each pixel is the mean of nine samples of its area. Not enlarged. */
export function thumbnail(picture: Picture, greatestSide: number): Picture {
  const scale = Math.min(1, greatestSide / Math.max(picture.width, picture.height));
  const width = Math.max(1, Math.round(picture.width * scale));
  const height = Math.max(1, Math.round(picture.height * scale));
  const { channels } = picture;
  const columns = samplePositions(picture.width, width);
  const rows = samplePositions(picture.height, height);
  const data = new Uint8Array(width * height * channels);
  for (let y = 0, to = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      for (let channel = 0; channel < channels; channel += 1, to += 1) {
        let sum = 0;
        for (let sampleY = 0; sampleY < samplesAcross; sampleY += 1) {
          const row = (rows[y * samplesAcross + sampleY] ?? 0) * picture.width;
          for (let sampleX = 0; sampleX < samplesAcross; sampleX += 1) {
            const column = columns[x * samplesAcross + sampleX] ?? 0;
            sum += picture.data[(row + column) * channels + channel] ?? 0;
          }
        }
        data[to] = Math.round(sum / samplesAcross ** 2);
      }
    }
  }
  return { data, width, height, channels };
}

/** Where the samples for `count` pixels lie along a side. */
function samplePositions(length: number, count: number): Int32Array {
  return Int32Array.from({ length: count * samplesAcross }, (_, index) =>
    Math.floor(((index + 0.5) * length) / (count * samplesAcross)),
  );
}
