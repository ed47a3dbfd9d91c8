/** How people sign in to the console: published with it. */
export interface SignInSettings {
  /** The OpenID Connect issuer, as its discovery document names itself. */
  readonly issuer: string;
  /** The console’s own name there: a public client, which has no secret. */
  readonly clientId: string;
  /** What is asked for, with spaces between. */
  readonly scope: string;
  /** What the issuer wants to be asked with beside that. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** The address of the settings on the site. */
export const signInSettingsPath = '/sign-in.json';
