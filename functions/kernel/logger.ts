import { Logger } from '@aws-lambda-powertools/logger';

/** One structured log for the function; service name and level come from the `POWERTOOLS_*` variables. */
export const logger = new Logger();
