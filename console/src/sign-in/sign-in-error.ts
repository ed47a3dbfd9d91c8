/** Signing in did not work, for a reason that people can do something about; the message is a sentence for them. */
export class SignInError extends Error {
  override readonly name = 'SignInError';
  /** What the issuer calls it; undefined when the answer could not be believed, or there was none. */
  readonly code: string | undefined;

  constructor(sentence: string, code?: string, options?: ErrorOptions) {
    super(sentence, options);
    this.code = code;
  }
}
