/** What a file is, by its first bytes; undefined for what the studio does not take. */
export function sniff(head: Uint8Array): string | undefined {
  const text = String.fromCodePoint(...head);
  if (text.startsWith('\u{ff}\u{d8}\u{ff}')) {
    return 'image/jpeg';
  }
  if (text.startsWith('\u{89}PNG')) {
    return 'image/png';
  }
  if (text.startsWith('GIF8')) {
    return 'image/gif';
  }
  if (text.startsWith('RIFF') && text.slice(8, 12) === 'WEBP') {
    return 'image/webp';
  }
  if (text.startsWith('\u{1a}\u{45}\u{df}\u{a3}')) {
    return 'video/webm';
  }
  if (text.slice(4, 8) !== 'ftyp') {
    return undefined;
  }
  const brand = text.slice(8, 12);
  return brand === 'avif' || brand === 'avis'
    ? 'image/avif'
    : /^(heic|heix|heim|heis|mif1|msf1)$/u.test(brand)
      ? undefined
      : brand === 'qt  '
        ? 'video/quicktime'
        : 'video/mp4';
}
