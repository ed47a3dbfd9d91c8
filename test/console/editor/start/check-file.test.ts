import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { acceptedFiles, checkFile, largestFile } from '../../../../console/src/editor/start/check-file.ts';
import { documentOfFile, documentOfSlides } from '../../../../console/src/editor/start/first-document.ts';
import {
  largestStudioUpload,
  studioUploadContentTypes,
} from '../../../../functions/contracts/studio-upload.ts';

const clips = path.join(import.meta.dirname, '../../../functions/studio/adapters/movies/clips');
const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1');
const check = (head: Uint8Array, size = head.byteLength) => checkFile({ name: 'it.bin', size, head });

describe('a file', () => {
  it.each([
    ['b-frames-and-sound.mp4', 'video/mp4'],
    ['full-range-bt601.mov', 'video/quicktime'],
    ['vp8-and-sound.webm', 'video/webm'],
  ])('is what its bytes say: %s', async (name, contentType) => {
    expect(check(await readFile(path.join(clips, name)))).toEqual({ ok: true, contentType });
  });

  it.each([
    ['a GIF', 'GIF89a\x01\x00', 'image/gif'],
    ['a PNG', '\x89PNG\r\n\x1a\n', 'image/png'],
    ['an AVIF', '\0\0\0\x1cftypavif\0\0\0\0avifmif1', 'image/avif'],
    ['QuickTime from before ftyp', '\0\0\0\x08wide\0\0', 'video/quicktime'],
  ])('is what its bytes say: %s', (_, head, contentType) => {
    expect(check(bytes(head))).toEqual({ ok: true, contentType });
  });

  it.each([
    ['sound', 'ID3\x03', /sound without a picture/u],
    ['sound in MP4', '\0\0\0\x1cftypM4A \0\0\0\0', /sound without a picture/u],
    ['Matroska', '\x1aE\xdf\xa3\x01\x00B\x82\x88matroska', /a Matroska clip/u],
    ['HEIC', '\0\0\0\x18ftypheic\0\0\0\0mif1heic', /a HEIC picture/u],
    ['a drawing', '<svg xmlns="http://www.w3.org/2000/svg"/>', /an SVG drawing/u],
    ['a web page', '<!doctype html><script>alert(1)</script>', /not a picture or a clip/u],
    ['nothing', '', /is empty/u],
  ])('that cannot be used is refused in words: %s', (_, head, words) => {
    expect(check(bytes(head))).toEqual({ ok: false, sentence: expect.stringMatching(words) });
  });

  it('may be as large as the service takes', () => {
    const gif = bytes('GIF89a');
    expect(largestFile).toBe(largestStudioUpload);
    expect(check(gif, largestFile).ok).toBe(true);
    expect(check(gif, largestFile + 1)).toEqual({ ok: false, sentence: expect.stringContaining('50 MB') });
  });

  it('is of the types that the service takes', () => {
    expect(acceptedFiles.split(',').toSorted()).toEqual([...studioUploadContentTypes].toSorted());
  });
});

describe('what begins with a file', () => {
  it.each([
    ['image/jpeg', 'jpeg'],
    ['image/png', 'png'],
    ['image/gif', 'gif'],
    ['video/quicktime', 'mp4'],
  ] as const)('comes back as it was, or as what shows it everywhere: %s as %s', (type, format) => {
    expect(documentOfFile('local:1', type).recipe).toMatchObject({
      source: { kind: 'upload', upload: 'local:1' },
      output: { format },
    });
  });

  it('is a slideshow in the shape of the first of several, with even sides', () => {
    expect(documentOfSlides(['local:1', 'local:2'], { width: 4000, height: 3001 }).recipe).toMatchObject({
      source: {
        kind: 'slideshow',
        slides: [{ upload: 'local:1' }, { upload: 'local:2' }],
        width: 1080,
        height: 810,
      },
      output: { format: 'mp4' },
    });
  });
});
