/** The projection as it was begun once, from nothing. */
export interface Making {
  /** Another one each time it is begun. */
  readonly id: string;
  /** Whether it has every service of the archive. */
  readonly isWhole: boolean;
  /** The last service, in the order of their names, up to which all were made; undefined before the first. */
  readonly upTo: string | undefined;
}

/** What the projection says of itself. It is kept with it, and lost with it. */
export interface Wholeness {
  /** Undefined of one that was never begun, or lost. */
  read(): Promise<Making | undefined>;
  /** Begins it, unless it is begun; answers what is there then. */
  begin(): Promise<Making>;
  /** @returns false when that making was lost since: nothing is said of another */
  reached(making: Making, upTo: string): Promise<boolean>;
  /** It has every service. @returns as `reached` */
  end(making: Making): Promise<boolean>;
}
