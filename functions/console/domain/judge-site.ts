import type { SiteAnswer } from './ports.ts';

/** The site does not do what it promises; the message is a sentence that says what. */
export class SiteBroken extends Error {
  override readonly name = 'SiteBroken';
}

/** The address of the script that the page cannot do without. Throws a SiteBroken unless the answer is a page that names one. */
export function judgePage(page: SiteAnswer): string {
  judgeStatus(page, 'The page');
  if (mediaType(page) !== 'text/html') {
    throw new SiteBroken(`The page ${page.address} is ${inWords(page.contentType)}, not text/html.`);
  }
  const [, source] = /<script\b[^>]*?\ssrc\s*=\s*["']([^"']+)["']/iu.exec(page.body) ?? [];
  if (source === undefined || !URL.canParse(source, page.address)) {
    throw new SiteBroken(`The page ${page.address} names no script: it shows nothing.`);
  }
  return new URL(source, page.address).href;
}

/** Throws a SiteBroken unless the answer is a script. */
export function judgeScript(script: SiteAnswer): void {
  judgeStatus(script, 'The page’s script');
  if (!mediaType(script).endsWith('javascript')) {
    throw new SiteBroken(
      `The page’s script ${script.address} is ${inWords(script.contentType)}, not JavaScript.`,
    );
  }
}

function judgeStatus({ address, status }: SiteAnswer, what: string): void {
  if (status !== 200) {
    throw new SiteBroken(`${what} ${address} was answered with ${status}, not 200.`);
  }
}

const mediaType = ({ contentType }: SiteAnswer): string =>
  (contentType.split(';')[0] ?? '').trim().toLowerCase();

const inWords = (contentType: string): string => (contentType === '' ? 'of no media type' : contentType);
