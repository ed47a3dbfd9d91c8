import { NotOwned } from './not-owned.ts';

/** Prints a refusal as it is meant for people, without where in the program it was found, and lets the process fail. Anything else is thrown on. */
export function tellRefusal(error: unknown): void {
  if (!(error instanceof Error) || !(error instanceof NotOwned || error.name === validationFailed)) {
    throw error;
  }
  console.error(error.message);
  process.exitCode = 1;
}

/** What the CDK calls the findings of its plugins, ours among them, when nobody else reports them. */
const validationFailed = 'ValidationFailed';
