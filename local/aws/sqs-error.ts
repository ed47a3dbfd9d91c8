/** An error of the SQS JSON protocol. */
export class SqsError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = 'SqsError';
    this.code = code;
  }

  toJson(): string {
    return JSON.stringify({ __type: `com.amazonaws.sqs#${this.code}`, message: this.message });
  }
}
