/** What is looked at: everything, or what one of these owns or is; and the event that is open. */
export interface Looking {
  readonly service?: string;
  readonly team?: string;
  readonly event?: string;
}

/** As the API takes it. */
export function scopeOf({ service, team }: Looking): Readonly<Record<string, string>> {
  return service !== undefined ? { service } : team !== undefined ? { team } : {};
}

/** A service that can be chosen. */
export interface ServiceChoice {
  readonly service: string;
  readonly team?: string | undefined;
  /** Open incidents. */
  readonly open: number;
}
