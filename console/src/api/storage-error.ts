/** S3 refused the upload; its answer is a small XML document. */
export class StorageError extends Error {
  override readonly name = 'StorageError';
  readonly status: number;
  /** S3's own code, such as `EntityTooLarge`; empty when the answer had none. */
  readonly code: string;

  constructor(status: number, xml: string) {
    super(element(xml, 'Message'));
    this.status = status;
    this.code = element(xml, 'Code');
  }

  /** The permission to upload ran out; a new one mends it. */
  get expired(): boolean {
    return this.code === 'ExpiredToken' || (this.code === 'AccessDenied' && /expired/iu.test(this.message));
  }

  /** A sentence for people. */
  get sentence(): string {
    switch (this.code) {
      case 'EntityTooLarge':
        return 'This picture is too large for this campaign. Choose a smaller one.';
      case 'EntityTooSmall':
        return 'This file is empty. Choose another picture.';
      default:
        return this.expired
          ? 'The permission to send this picture ran out. Please send it once more.'
          : `The picture was not accepted (${this.code === '' ? this.status : this.code}). Please send it once more.`;
    }
  }
}

const element = (xml: string, name: string): string =>
  (new RegExp(`<${name}>([^<]*)</${name}>`, 'u').exec(xml)?.[1] ?? '').trim();
