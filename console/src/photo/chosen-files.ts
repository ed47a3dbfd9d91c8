/** The files that were chosen in an input, which forgets them: choosing the same again must be noticed, too. */
export function chosenFiles(input: HTMLInputElement): readonly File[] {
  const files = [...(input.files ?? [])];
  input.value = '';
  return files;
}
