/**
 * `text` in capitals, composed: by Unicode's rules and no country's (i becomes I, ß becomes SS), but by its language's where only one language
 * has the script. Greek capitals lose their accents; Georgian stays as it is, its capitals are for whole headlines and hardly a font has them.
 */
export function upperCase(text: string): string {
  return text
    .normalize('NFC')
    .replaceAll(/\p{Script=Greek}+/gu, (greek) => greek.toLocaleUpperCase('el'))
    .replaceAll(/\P{Script=Georgian}+/gu, (other) => other.toUpperCase())
    .normalize('NFC');
}
