/**
 * `text` in capitals, by Unicode's rules and no country's (i becomes I, ß becomes SS), composed.
 * Georgian stays as it is: its capitals are for whole headlines, and hardly a font has them.
 */
export function upperCase(text: string): string {
  return text.replaceAll(/\P{Script=Georgian}+/gu, (other) => other.toUpperCase()).normalize('NFC');
}
