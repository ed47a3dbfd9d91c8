/** What the site answered to one request. */
export interface SiteAnswer {
  /** Absolute. */
  readonly address: string;
  readonly status: number;
  /** As in the header, or empty. */
  readonly contentType: string;
  readonly body: string;
}

export interface Site {
  /** The whole answer. Throws a SiteBroken when there is none within `withinMs` milliseconds. */
  get(address: string, withinMs: number): Promise<SiteAnswer>;
}
