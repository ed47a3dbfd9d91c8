import { PermanentError } from '../../../../kernel/errors.ts';
import { acceptedMoviesInWords } from './damaged.ts';

/** Codecs by mediabunny's names, and by those of sample entries and Matroska that it has no name for. */
const names: readonly (readonly [RegExp, string])[] = [
  [/^(hevc|hvc1|hev1|V_MPEGH)/u, 'HEVC (H.265)'],
  [/^(dvh|dva)/u, 'Dolby Vision'],
  [/^(prores|ap(4|c))/u, 'ProRes'],
  [/^(av1|av01|V_AV1)/u, 'AV1'],
  [/^(vvc|vvi)/u, 'VVC (H.266)'],
  [/^(mp4v|V_MPEG4)/u, 'MPEG-4 Visual'],
  [/^(mpeg|m2v|mx|V_MPEG[12])/u, 'MPEG-2'],
  [/^(jpeg|mjp|V_MJPEG)/u, 'Motion JPEG'],
  [/^(s263|h263)/u, 'H.263'],
  [/^(AVdn|AVdh)/u, 'DNxHD'],
];

/** On how to get what can be read, for those whose files come out of a camera or an editor like that. */
const advice: Readonly<Record<string, string>> = {
  'HEVC (H.265)':
    'On an iPhone, set Settings › Camera › Formats to “Most Compatible”, or export the movie as H.264.',
  'Dolby Vision': 'On an iPhone, switch HDR video off, or export the movie as H.264.',
  ProRes: 'Export the movie as H.264.',
};

/** @param inside what the container calls the codec */
export function refuseCodec(
  codec: string | null,
  inside: string | number | Uint8Array | null,
): PermanentError {
  if (inside === 'encv') {
    return new PermanentError(
      'encrypted-movie',
      `The movie is encrypted (DRM) and cannot be read. Send ${acceptedMoviesInWords} without it.`,
    );
  }
  const found = names.find(([pattern]) => pattern.test(codec ?? '') || pattern.test(String(inside)))?.[1];
  const isWord = typeof inside === 'string' && /^[\w ./-]{1,32}$/u.test(inside);
  const what =
    found !== undefined
      ? `The movie is ${found}, which is not read here.`
      : `The movie’s kind is not known here${isWord ? ` (${inside})` : ''}.`;
  return new PermanentError(
    'unsupported-codec',
    [what, `Send ${acceptedMoviesInWords}.`, advice[found ?? '']].filter(Boolean).join(' '),
  );
}
