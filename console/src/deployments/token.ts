import { getLocalToken } from '../api/deployments.ts';

/** Kept for this tab only, and gone with it. */
const key = 'fanfare-token';

export const keptToken = (): string | undefined => sessionStorage.getItem(key) ?? undefined;
export const keepToken = (token: string): void => {
  sessionStorage.setItem(key, token);
};
export const forgetToken = (): void => {
  sessionStorage.removeItem(key);
};

/** On a stage of one's own machine nobody has to sign in. @throws RefusedError elsewhere */
export async function localToken(signal: AbortSignal): Promise<string> {
  const { value } = await getLocalToken('delivery', signal);
  return value.token;
}
