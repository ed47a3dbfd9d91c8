/** All of it is kept for this tab only, and gone with it. */
const answerKey = 'fanfare-sign-in-answer';
const placeKey = 'fanfare-sign-in-place';

/**
 * Whoever comes back from the issuer comes to the site's `/`, with an answer in the query: it is put aside for the page that asked for it, which is shown again. The
 * address no longer has it then, nor has the history.
 */
export function takeAnswer(): void {
  const query = new URLSearchParams(location.search);
  if (query.has('state') && (query.has('code') || query.has('error'))) {
    sessionStorage.setItem(answerKey, location.search);
    history.replaceState(undefined, '', `/${sessionStorage.getItem(placeKey) ?? '#/deployments'}`);
    sessionStorage.removeItem(placeKey);
  }
}

/** The place to which people come back. */
export function rememberPlace(): void {
  sessionStorage.setItem(placeKey, location.hash);
}

/** The answer of the issuer, once. */
export function pickUpAnswer(): URLSearchParams | undefined {
  const answer = sessionStorage.getItem(answerKey);
  sessionStorage.removeItem(answerKey);
  return answer === null ? undefined : new URLSearchParams(answer);
}
