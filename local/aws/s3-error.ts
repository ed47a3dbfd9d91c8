import { randomBytes } from 'node:crypto';

/** An answer S3 gives instead of a result: its code, its HTTP status and the elements that go with the code. */
export class S3Error extends Error {
  readonly code: string;
  readonly statusCode: number;
  readonly details: Readonly<Record<string, string>>;

  constructor(
    statusCode: number,
    code: string,
    message: string,
    details: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.name = 'S3Error';
    this.code = code;
    this.statusCode = statusCode;
    this.details = details;
  }

  /** The error document of the S3 REST API. */
  toXml(): string {
    const elements = Object.entries({
      Code: this.code,
      Message: this.message,
      ...this.details,
      RequestId: randomBytes(8).toString('hex').toUpperCase(),
      HostId: randomBytes(24).toString('base64'),
    });
    const inner = elements.map(([name, text]) => `<${name}>${escapeXml(text)}</${name}>`).join('');
    return `<?xml version="1.0" encoding="UTF-8"?>\n<Error>${inner}</Error>`;
  }
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Text made safe for an XML element. */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
