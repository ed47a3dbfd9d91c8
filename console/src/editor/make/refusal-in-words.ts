import { inBytes } from '../../photo/in-bytes.ts';
import type { Refusal } from '../preview/preview.ts';
import { noteInWords } from './note-in-words.ts';
import { refusalPlace } from './refusal-place.ts';

/**
 * What is wrong, as somebody says it who sees controls and no recipe. The service speaks to who writes recipes: it names keys, bytes and milliseconds. What is said
 * for people already is left as it is.
 */
export function refusalInWords(refusal: Refusal): string {
  for (const [said, words] of sayings) {
    const found = said.exec(refusal.detail);
    if (found !== null) {
      return words(found.slice(1), refusal.pointer);
    }
  }
  return refusal.detail;
}

type Words = (found: readonly string[], pointer: string) => string;

const seconds = (ms: string | undefined): string => `${Number((Number(ms) / 1000).toFixed(2))} s`;
/** A limit in the unit that the control shows. */
const amount = (number: string | undefined, pointer: string): string =>
  pointer.endsWith('Ms')
    ? seconds(number)
    : pointer.endsWith('Bytes')
      ? inBytes(Number(number))
      : `${number}`;

const items: Readonly<Record<string, string>> = {
  captions: 'texts',
  overlays: 'stickers and pictures',
  looks: 'looks',
  geometry: 'crops and turns',
  source: 'slides',
};

const sayings: readonly (readonly [RegExp, Words])[] = [
  // Of its shape, in the words of the schema's library.
  [/^Too big: expected string to have <=(\d+) characters$/u, ([most]) => `${most} characters are the most.`],
  [/^Too small: expected string/u, () => 'Write something here, or remove it.'],
  [
    /^Too big: expected array to have <=(\d+) items$/u,
    ([most], pointer) => `${most} ${items[refusalPlace(pointer).part] ?? 'of them'} are the most.`,
  ],
  [
    /^Too small: expected array to have >=(\d+) items$/u,
    ([least], pointer) => `At least ${least} ${items[refusalPlace(pointer).part] ?? 'of them'} are needed.`,
  ],
  [
    /^Too big: expected \w+ to be <=?(-?[\d.]+)$/u,
    ([most], pointer) => `${amount(most, pointer)} is the most.`,
  ],
  [
    /^Too small: expected \w+ to be >=(-?[\d.]+)$/u,
    ([least], pointer) => `${amount(least, pointer)} is the least.`,
  ],
  [/^Too small: expected \w+ to be >(-?[\d.]+)$/u, ([least]) => `It must be more than ${least}.`],
  [/^Invalid input: expected \w+, received undefined$/u, () => 'Something is missing here.'],
  [/^Invalid input: expected int,/u, () => 'Give a whole number.'],
  [/^Invalid input: expected number,/u, () => 'Give a number.'],
  [/^Invalid option/u, () => 'Choose one of those that are offered.'],
  [/^(?:a|an opaque) colour such as (\S+)/u, ([example]) => `Give a colour such as ${example}.`],
  [/^an aspect such as/u, () => 'Give a shape such as 1:1 or 16:9.'],
  [
    /^There is no such key\.$/u,
    (_, pointer) => `Fanfare does not know what “${pointer.slice(pointer.lastIndexOf('/') + 1)}” is.`,
  ],
  // Of what it names.
  [
    /^There is no upload \S+ Uploads are kept for a day|^There is no such upload/u,
    () => 'Fanfare does not have this file any more. Choose it again.',
  ],
  [
    /^There is no template|^The template \S+ cannot be read/u,
    () => 'This template is not there any more. Choose another one.',
  ],
  [/^There is no sticker/u, () => 'This sticker is not there any more. Choose another one.'],
  [/^There is no font \S+; there is (.+?)\.?$/u, ([fonts]) => `This font is not there. Choose ${fonts}.`],
  [
    /^The uploads of this recipe have (\d+) MB together; (\d+) MB is the most/u,
    ([all, most]) =>
      `Your files have ${all} MB together; ${most} MB is the most. Choose smaller files, or fewer.`,
  ],
  // Of times.
  [/^It must come after fromMs, (\d+)\.$/u, ([from]) => `It must end after it begins, at ${seconds(from)}.`],
  [/^A slide takes time/u, () => 'Sliding in takes time: let it fade for 0.3 s or so.'],
  [
    /^A slide cannot fade for longer than it is shown: at most (\d+)/u,
    ([most]) => `A slide cannot fade for longer than it is shown: ${seconds(most)} is the most here.`,
  ],
  [
    /^Nothing moves: (?:there is no moment|leave)/u,
    (_, pointer) =>
      pointer.endsWith('frameRate')
        ? 'Nothing moves in it, so there are no frames a second to choose.'
        : pointer.endsWith('loop')
          ? 'Nothing moves in it, so it cannot be played again.'
          : 'Nothing moves in it, so it has no moments to choose from.',
  ],
  [
    /^This moves, and (\w+) shows one moment/u,
    ([format]) =>
      `This moves, and ${upper(format)} shows one moment only. Choose GIF, WebP or MP4, or pick the moment.`,
  ],
  [
    /^(\w+) is not a still: ask for/u,
    ([format]) => `${upper(format)} moves: for one moment choose PNG, JPEG, WebP or AVIF.`,
  ],
  [/^A still \w+ is not played again/u, () => 'A still picture is not played again.'],
  // Of places.
  [
    /^The (caption|overlay|box) lies outside of the picture/u,
    ([what]) =>
      `The ${what === 'caption' ? 'text' : what === 'overlay' ? 'sticker' : 'box'} lies outside of the picture. Move it back in.`,
  ],
  [
    /^Only a template has caption boxes/u,
    () => 'This text belonged to a template. Move it to its new place.',
  ],
  [
    /^The template \S+ has \d+ caption boxes/u,
    () => 'The template has no such place. Move the text to another.',
  ],
  [
    /^Where the caption box of the template goes is not known/u,
    () =>
      'The picture is cropped to what matters most, so the text’s own place is lost. Move it to its new place.',
  ],
  [/^The crop reaches outside/u, () => 'The crop reaches outside of the picture.'],
  [/^A movie cannot lie over a picture/u, () => 'A clip cannot lie over a picture. Use a GIF or a picture.'],
  [
    /^It must be at least minSize, ([\d.]+)/u,
    ([least]) => `It must be at least the smallest size, ${least}.`,
  ],
  // Of the output.
  [
    /^This leaves transparent parts, and (\w+) has none/u,
    ([format]) =>
      `This leaves transparent parts, which ${upper(format)} cannot have. Choose an opaque colour here, or a background for the result.`,
  ],
  [/^Only a gif is dithered/u, () => 'Only a GIF is dithered: other formats have all colours.'],
  [
    /^The smallest that can be made of it has (\d+) bytes, and maxBytes is (\d+)/u,
    ([least, most]) =>
      `The smallest that can be made of it has ${inBytes(Number(least))}, and you allow ${inBytes(Number(most))}. Allow more, make it shorter, or choose another format.`,
  ],
];

const upper = (format: string | undefined): string => noteInWords(format ?? '');
