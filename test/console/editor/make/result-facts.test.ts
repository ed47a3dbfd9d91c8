import { describe, expect, it } from 'vitest';
import { fileName } from '../../../../console/src/editor/make/file-name.ts';
import { resultFacts, resultNotes } from '../../../../console/src/editor/make/result-facts.ts';
import type { EditResult } from '../../../../functions/contracts/edit.ts';

const result: EditResult = {
  url: '/studio/results/a.gif',
  format: 'gif',
  contentType: 'image/gif',
  bytes: 1_234_567,
  width: 480,
  height: 360,
  durationMs: 2400,
  frames: 24,
  sound: 'none',
  notes: [],
};

describe('what a result is', () => {
  it('is told in words and numbers that people know', () => {
    expect(resultFacts(result)).toEqual(['GIF', '480 × 360', '1.2 MB', '24 frames in 2.4 s']);
    expect(resultFacts({ ...result, format: 'jpeg', durationMs: 0, frames: 1 })).toEqual([
      'JPEG',
      '480 × 360',
      '1.2 MB',
    ]);
  });

  it('comes with what was done otherwise than asked for, without the keys of recipes', () => {
    const notes = [
      'It was 4000 × 3000 pixels and became 800 × 600 pixels: gif is made no larger unless output.width asks for it.',
      'mp4 cannot be transparent: what was transparent is white. output.background sets another colour.',
      'The sound was left out: gif has none.',
    ];
    expect(
      resultNotes({ ...result, notes, chosen: { quality: 55, width: 320, height: 240, frameRate: 12.5 } }),
    ).toEqual([
      'It was 4000 × 3000 pixels and became 800 × 600 pixels, the usual size. Choose a width for another.',
      'MP4 cannot be transparent: what was transparent is white. Choose a background for another colour.',
      'The sound was left out: GIF has none.',
      'To fit, it has 320 × 240, quality 55, 12.5 frames a second.',
    ]);
    expect(
      resultNotes({ ...result, format: 'png', chosen: { quality: 80, width: 320, height: 240 } }),
    ).toEqual(['To fit, it has 320 × 240.']);
  });
});

describe('the name of a download', () => {
  it.each([
    ['When it works · on Friday!', 'when-it-works-on-friday.gif'],
    ['../../etc/passwd\0', 'etc-passwd.gif'],
    ['<img src=x onerror=alert(1)>.svg', 'img-src-x-onerror-alert-1-svg.gif'],
    ['🎉', 'fanfare.gif'],
    ['Größe', 'größe.gif'],
  ])('is one that every file system takes: %s', (title, name) => {
    expect(fileName(title, 'gif')).toBe(name);
  });

  it('is no longer than people read, and ends as its format is called', () => {
    expect(fileName('a'.repeat(100), 'jpeg')).toBe(`${'a'.repeat(40)}.jpg`);
  });
});
