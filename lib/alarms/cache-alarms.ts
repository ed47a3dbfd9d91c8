import { TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { Cache } from '../constructs/cache.ts';
import { alarmPeriod } from './alarm-period.ts';
import type { AlarmPlan } from './service-alarm.ts';

const nearLimit = 0.8;
const bytesPerGb = 2 ** 30;

/** What is watched of the cache: a limit that is reached refuses commands, and evicts nothing. */
export function cacheAlarms(cache: Cache, promises: readonly string[]): AlarmPlan[] {
  const { storageGb, ecpuPerSecond } = cache.limits;
  // A serverless cache reports always; when it does not, its promise says unknown.
  const common = { promises, missing: TreatMissingData.NOT_BREACHING } as const;
  return [
    {
      ...common,
      subject: 'cache-storage',
      severity: 'ticket',
      means: `The cache holds more than ${100 * nearLimit} % of the ${storageGb} GB that it may.`,
      metric: cache.metric('BytesUsedForCache', { period: alarmPeriod, statistic: 'Maximum' }),
      threshold: nearLimit * storageGb * bytesPerGb,
      breaching: 3,
      of: 3,
    },
    {
      ...common,
      subject: 'cache-ecpu',
      severity: 'ticket',
      means: `The cache works at more than ${100 * nearLimit} % of the ${ecpuPerSecond} processing units a second that it may.`,
      metric: cache.metric('ElastiCacheProcessingUnits', { period: alarmPeriod, statistic: 'Sum' }),
      threshold: nearLimit * ecpuPerSecond * alarmPeriod.toSeconds(),
      breaching: 3,
      of: 3,
    },
    {
      ...common,
      subject: 'cache-throttles',
      severity: 'page',
      means: 'The cache refuses commands: it has reached a limit, or grows slower than its use.',
      metric: cache.metric('ThrottledCmds', { period: alarmPeriod, statistic: 'Sum' }),
      threshold: 1,
      breaching: 2,
      of: 3,
    },
  ];
}
