import { type SignInSettings, signInSettingsPath } from '../../../functions/contracts/sign-in-settings.ts';
import { request } from './request.ts';
import { isShape, isText } from './shapes.ts';

/** How people sign in to this site. */
export const getSignInSettings = async (signal: AbortSignal): Promise<SignInSettings> =>
  (await request(signInSettingsPath, isSettings, { signal })).value;

const isSettings = (value: unknown): value is SignInSettings =>
  isShape(value) &&
  isText(value['issuer']) &&
  URL.canParse(value['issuer']) &&
  isText(value['clientId']) &&
  isText(value['scope']) &&
  isShape(value['parameters']) &&
  Object.values(value['parameters']).every(isText);
