import * as z from 'zod';
import { followed } from '../template/followed.ts';
import type { LambdaFunction } from '../lambda/lambda-function.ts';
import type { Resource } from '../template/assembly.ts';
import type { Intrinsics } from '../template/intrinsics.ts';
import type { SortedResources } from '../template/resource-types.ts';
import type { BusEvent, EventBus } from './event-bus.ts';
import { readEventPattern } from './event-pattern.ts';

/** Targets always take what they are given here, so there is nothing to retry and nothing for a dead-letter queue. */
const targetSchema = followed(
  {
    Arn: z
      .string()
      .regex(/^arn:aws:(lambda|sqs):/u, 'the local stage knows functions and queues as targets only'),
    SqsParameters: z.strictObject({ MessageGroupId: z.string() }).optional(),
  },
  ['Id', 'RetryPolicy', 'DeadLetterConfig', 'RoleArn'],
);

const ruleSchema = followed(
  {
    State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
    ScheduleExpression: z.string().optional(),
    EventPattern: z.record(z.string(), z.unknown()).optional(),
    Targets: z.array(targetSchema).default([]),
  },
  ['Description', 'Name', 'Tags'],
);
type Target = z.output<typeof targetSchema>;

interface RulesOptions {
  readonly resources: SortedResources;
  readonly intrinsics: Intrinsics;
  readonly functions: ReadonlyMap<string, LambdaFunction>;
  readonly bus: EventBus;
  /** How much faster time passes than in AWS. */
  readonly timeScale: number;
  readonly invoke: (fn: LambdaFunction, event: unknown) => void;
  readonly send: (queueArn: string, event: unknown, messageGroupId: string | undefined) => void;
}

/**
 * Runs the template's rules: hands events of the bus, and the ticks of a schedule, to their targets.
 * @returns what ends the schedules
 */
export function connectRules(options: RulesOptions): () => void {
  const timers: NodeJS.Timeout[] = [];
  for (const resource of options.resources.ofType('AWS::Events::Rule')) {
    const rule = options.intrinsics.parse(resource, ruleSchema);
    const targets = rule.Targets.map((target) => reader(target, options));
    const deliver = (event: BusEvent): void => {
      for (const take of targets) {
        take(event);
      }
    };
    if (rule.State === 'DISABLED') {
      continue;
    }
    if (rule.EventPattern !== undefined) {
      const matches = readEventPattern(rule.EventPattern);
      options.bus.subscribe((event) => {
        if (matches(event)) {
          deliver(event);
        }
      });
    }
    if (rule.ScheduleExpression !== undefined) {
      const intervalMs = readRate(rule.ScheduleExpression) / options.timeScale;
      timers.push(setInterval(() => deliver(tick(resource, options)), intervalMs));
    }
  }
  return () => {
    for (const timer of timers) {
      clearInterval(timer);
    }
  };
}

function reader(target: Target, { functions, invoke, send }: RulesOptions): (event: BusEvent) => void {
  if (target.Arn.startsWith('arn:aws:sqs:')) {
    return (event) => send(target.Arn, event, target.SqsParameters?.MessageGroupId);
  }
  const fn = functions.get(/function:([^:]+)/u.exec(target.Arn)?.[1] ?? '');
  if (fn === undefined) {
    throw new Error(`A rule invokes ${target.Arn}, which is nowhere in the stage.`);
  }
  return (event) => invoke(fn, event);
}

const units: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** Milliseconds of `rate(5 minutes)`. */
function readRate(expression: string): number {
  const [, count, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/u.exec(expression) ?? [];
  const length = unit === undefined ? undefined : units[unit];
  if (length === undefined || Number(count) < 1) {
    throw new Error(`The local stage knows schedules such as rate(5 minutes), not ${expression}.`);
  }
  return Number(count) * length;
}

/** Source: EventBridge user guide, "Scheduled events". */
function tick(resource: Resource, { intrinsics, bus }: RulesOptions): BusEvent {
  const arn = String(intrinsics.resolve({ 'Fn::GetAtt': [resource.logicalId, 'Arn'] }, resource.stack));
  return bus.complete({
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    time: new Date().toISOString().replace(/\.\d+Z$/u, 'Z'),
    resources: [arn],
    detail: {},
  });
}
