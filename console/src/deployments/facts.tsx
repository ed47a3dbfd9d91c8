interface Props {
  /** What has no value is left out. */
  readonly of: readonly (readonly [name: string, value: string | undefined])[];
}

/** What is known of a thing, by name. */
export const Facts = ({ of }: Props) => (
  <dl class="event-facts">
    {of.map(
      ([name, value]) =>
        value !== undefined && (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ),
    )}
  </dl>
);
