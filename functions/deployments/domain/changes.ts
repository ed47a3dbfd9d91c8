import type { Essence } from './essence.ts';

/** A change of the code, and how deployments name it. */
export interface Change {
  readonly subject: string;
  /** Its commit; else its merge; else the moment it was proposed. */
  readonly committedMs: number;
  /** Its merge, or the moment it was proposed where no merge was told. */
  readonly mergedMs: number;
  readonly event: string;
}

/** Where a deployment's changes are found: by chain, by artifact, by link. */
export interface Changes {
  named(deployment: Essence): readonly Change[];
  /** Merged changes, or proposed ones whose merge nobody told. */
  readonly all: readonly Change[];
}

/** @param events of one service, in event order */
export function changesOf(events: readonly Essence[]): Changes {
  const told = Map.groupBy(
    events.filter(({ type }) => type.startsWith('change.')),
    ({ subject }) => subject,
  );
  const changes = new Map<string, Change>();
  const byChain = new Map<string, Set<string>>();
  const byContext = new Map<string, string>();
  for (const [subject, each] of told) {
    const change = changeOf(subject, each);
    if (change === undefined) {
      continue;
    }
    changes.set(subject, change);
    for (const { chain, context } of each) {
      byContext.set(context, subject);
      if (chain !== undefined) {
        byChain.set(chain, (byChain.get(chain) ?? new Set()).add(subject));
      }
    }
  }
  const byArtifact = Map.groupBy(
    events.filter(({ type, change }) => type.startsWith('artifact.') && change !== undefined),
    ({ artifact }) => artifact,
  );
  return {
    all: [...changes.values()],
    named: (deployment) => {
      const subjects = new Set([
        ...(deployment.chain === undefined ? [] : (byChain.get(deployment.chain) ?? [])),
        ...(deployment.artifact === undefined ? [] : (byArtifact.get(deployment.artifact) ?? [])).flatMap(
          ({ change }) => (change === undefined ? [] : [change]),
        ),
        ...(deployment.links ?? []).flatMap((context) => byContext.get(context) ?? []),
      ]);
      return [...subjects].flatMap((subject) => changes.get(subject) ?? []);
    },
  };
}

function changeOf(subject: string, told: readonly Essence[]): Change | undefined {
  const commits = told.flatMap(({ committedMs }) => (committedMs === undefined ? [] : [committedMs]));
  const merged = told.find(({ type }) => type === 'change.merged');
  const first = merged ?? told.find(({ type }) => type !== 'change.abandoned');
  return first === undefined
    ? undefined
    : {
        subject,
        committedMs: commits.length > 0 ? Math.min(...commits) : first.atMs,
        mergedMs: first.atMs,
        event: first.identity,
      };
}
