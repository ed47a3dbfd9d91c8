/** Bad input that no retry can mend: counted, parked with its reason, never retried. */
export class PermanentError extends Error {
  override readonly name = 'PermanentError';
  /** Stable, for machines. */
  readonly code: string;

  /** @param message a sentence for people: what was wrong and what is accepted. */
  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
