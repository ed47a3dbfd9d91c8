/**
 * A chat or a pager did not take a message. The message says what it answered, without addresses or keys.
 * `refused` means that the same again will be refused again, until somebody mends the secret or the message; else a later try may succeed.
 */
export class DeliveryError extends Error {
  override readonly name = 'DeliveryError';
  readonly kind: 'refused' | 'retryable';

  constructor(kind: 'refused' | 'retryable', message: string) {
    super(message);
    this.kind = kind;
  }
}
