/** The id of a service, or of one of its promises, in the page. */
export const anchorOf = (service: string, promise?: string): string =>
  promise === undefined ? `service-${service}` : `promise-${service}-${promise}`;
