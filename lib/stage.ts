/** A deployment of its own: its name is in every stack's. */
export const stages = ['dev', 'staging', 'prod'] as const;
export type Stage = (typeof stages)[number];

/** The stage called `name`. Throws, with the names that exist, for any other. */
export function parseStage(name: unknown): Stage {
  const stage = stages.find((each) => each === name);
  if (stage === undefined) {
    throw new Error(
      `Unknown stage “${String(name)}”: give one of ${stages.join(', ')}, like --context stage=dev.`,
    );
  }
  return stage;
}
