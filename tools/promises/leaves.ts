import type { Leaf } from '../../lib/promises/graph.ts';

export const leavesHead = [
  'When it fails',
  'these fall',
  'these go on with less',
  'Stand on it',
  'Alternative',
] as const;

/** A row for each leaf, in the order in which they are given. */
export function leavesRows(leaves: readonly Leaf[]): string[][] {
  return leaves.map(({ leaf, falls, degrades, dependents, ...rest }) => [
    leaf,
    counted(falls),
    counted(degrades),
    dependents.map(({ service }) => service).join(', '),
    alternative({ dependents, ...rest }),
  ]);
}

/** `2: console, foundation`. */
function counted(services: readonly string[]): string {
  return services.length === 0 ? '0' : `${services.length}: ${services.join(', ')}`;
}

function alternative({
  dependents,
  hasAlternative,
  acknowledged,
}: Omit<Leaf, 'leaf' | 'falls' | 'degrades'>): string {
  if (hasAlternative) {
    return 'yes';
  }
  const bare = dependents.filter((dependent) => !dependent.hasAlternative).map(({ service }) => service);
  const which = bare.length === dependents.length ? 'none' : `none for ${bare.join(', ')}`;
  return acknowledged ? which : `${which}, and nobody says why`;
}
