/** A file of this device that the document uses. */
export interface LocalFile {
  readonly blob: Blob;
  readonly name: string;
  /** The server's id of it, once it was sent. */
  readonly uploaded?: string | undefined;
}

/** By its name in the recipe, `local:<n>`. A file stays as long as the work does: undo may bring back what used it. */
export type LocalFiles = ReadonlyMap<string, LocalFile>;

/** Takes a file in under a name that no other has had. */
export function addFile(
  files: LocalFiles,
  { blob, name }: LocalFile,
): { readonly files: LocalFiles; readonly upload: string } {
  const numbers = [...files.keys()].map((key) => Number(key.slice('local:'.length)));
  const upload = `local:${Math.max(0, ...numbers) + 1}`;
  return { files: new Map([...files, [upload, { blob, name }]]), upload };
}
