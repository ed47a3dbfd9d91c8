/** `accept-upload` → `AcceptUpload`: the form that CloudFormation's logical ids allow. */
export const pascalCase = (kebab: string): string =>
  kebab
    .split('-')
    .map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`)
    .join('');
