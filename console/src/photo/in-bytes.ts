/** A size as people read it: `640 B`, `270 kB`, `4.6 MB`. */
export function inBytes(bytes: number): string {
  if (bytes < 1000) {
    return `${bytes} B`;
  }
  if (bytes < 999_500) {
    return `${Math.round(bytes / 1000)} kB`;
  }
  const megabytes = bytes / 1_000_000;
  return `${megabytes < 10 ? Math.round(megabytes * 10) / 10 : Math.round(megabytes)} MB`;
}
