import prices from '../lib/prices.json' with { type: 'json' };
import type { Stage } from '../local/stage.ts';
import type { Row } from './row.ts';

const million = 1e6;

/** What AWS would bill of a stage. */
export interface Usage {
  /** Dollars of the time in which each function had its memory. */
  readonly compute: ReadonlyMap<string, number>;
  readonly milliseconds: ReadonlyMap<string, number>;
  readonly invocations: number;
  readonly apiRequests: number;
  readonly s3Writes: number;
  readonly s3Reads: number;
}

/** Functions by their paths or names: whether the API invokes them, and what runs them. */
export type Functions = Readonly<
  Record<string, { readonly isAsked: boolean; readonly processor: 'arm64' | 'x86_64' }>
>;

const gbSecond = { arm64: prices.lambdaArmGbSecond, x86_64: prices.lambdaX86GbSecond } as const;

/** What the functions and the buckets of a stage have been used since its start. */
export function usageOf(stage: Stage, functions: Functions): Usage {
  const used = Object.entries(functions).map(([path, { isAsked, processor }]) => {
    const { usage, options } = stage.function(path);
    return { name: options.path, isAsked, processor, usage, options };
  });
  const { s3Writes, s3Reads } = stage.requestCounts();
  const invocations = (of: typeof used): number => of.reduce((sum, { usage }) => sum + usage.invocations, 0);
  return {
    compute: new Map(
      used.map(({ name, processor, usage, options }) => [
        name,
        (usage.billedMs / 1000) * (options.memoryMb / 1024) * gbSecond[processor],
      ]),
    ),
    milliseconds: new Map(used.map(({ name, usage }) => [name, usage.billedMs])),
    invocations: invocations(used),
    apiRequests: invocations(used.filter(({ isAsked }) => isAsked)),
    s3Writes,
    s3Reads,
  };
}

/** What came between, for each of `count`. */
export function perOne(after: Usage, before: Usage, count: number): Usage {
  const each = (one: ReadonlyMap<string, number>, other: ReadonlyMap<string, number>): Map<string, number> =>
    new Map([...one].map(([name, value]) => [name, (value - (other.get(name) ?? 0)) / count]));
  return {
    compute: each(after.compute, before.compute),
    milliseconds: each(after.milliseconds, before.milliseconds),
    invocations: (after.invocations - before.invocations) / count,
    apiRequests: (after.apiRequests - before.apiRequests) / count,
    s3Writes: (after.s3Writes - before.s3Writes) / count,
    s3Reads: (after.s3Reads - before.s3Reads) / count,
  };
}

export interface Bill {
  /** `images`, of which there are a million. */
  readonly what: string;
  readonly usage: Usage;
  /** Of what is stored for one. */
  readonly results: { readonly bytes: number; readonly days: number };
  readonly uploads: { readonly bytes: number; readonly days: number };
  /** What else is paid for one, in dollars: a name, the amount and what it is made of. */
  readonly more?: readonly (readonly [name: string, cost: number, detail: string])[];
}

/** The bill of a million, by the prices in `lib/prices.json`. */
export function billOf({ what, usage, results, uploads, more = [] }: Bill): Row[] {
  const compute = [...usage.compute.values()].reduce((sum, value) => sum + value, 0);
  const storedGbMonths = (results.bytes * results.days + uploads.bytes * uploads.days) / 1e9 / 30;
  const lines: (readonly [string, number, string])[] = [
    [
      'Lambda, time',
      compute,
      [...usage.milliseconds]
        .filter(([, ms]) => ms > 0)
        .map(([name, ms]) => `${name} ${ms.toFixed(0)} ms`)
        .join(', '),
    ],
    ['Lambda, requests', usage.invocations * prices.lambdaRequest, `${usage.invocations.toFixed(1)} each`],
    ['HTTP API', usage.apiRequests * prices.httpApiRequest, `${usage.apiRequests.toFixed(1)} each`],
    [
      'S3, requests',
      usage.s3Writes * prices.s3Put + usage.s3Reads * prices.s3Get,
      `${usage.s3Writes.toFixed(1)} writes, ${usage.s3Reads.toFixed(1)} reads each`,
    ],
    [
      'S3, storage',
      storedGbMonths * prices.s3GbMonth,
      `${(results.bytes / 1000).toFixed(0)} kB of results, ${results.days} days`,
    ],
    ...more,
  ];
  const total = lines.reduce((sum, [, cost]) => sum + cost, 0);
  return [
    ...lines.map(([name, cost, detail]) => ({
      measure: `a million ${what}: ${name}`,
      figure: `${dollars(cost * million).padStart(9)}   (${detail})`,
    })),
    {
      measure: `a million ${what}: together (${prices.source}, ${prices.asOf})`,
      figure: dollars(total * million).padStart(9),
    },
  ];
}

const dollars = (amount: number): string => `$${amount.toFixed(2)}`;
