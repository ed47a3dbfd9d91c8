import type { AlarmState } from './alarm-state.ts';
import type { ComparisonOperator, Datapoint, MissingDataTreatment, ThresholdRule } from './metric-alarm.ts';

const phrases: Readonly<Record<ComparisonOperator, string>> = {
  GreaterThanOrEqualToThreshold: 'greater than or equal to',
  GreaterThanThreshold: 'greater than',
  LessThanOrEqualToThreshold: 'less than or equal to',
  LessThanThreshold: 'less than',
};

const treatmentNames: Readonly<Record<MissingDataTreatment, string>> = {
  missing: 'Missing',
  ignore: 'Ignored',
  breaching: 'Breaching',
  notBreaching: 'NonBreaching',
};

/** More data points than these are not listed one by one. */
const maxListed = 5;

/** Why a metric alarm is in `state`, in CloudWatch's words, as its notifications and `describe-alarms` show them. */
export function reasonOf(
  rule: ThresholdRule,
  state: AlarmState,
  received: readonly Datapoint[],
  missing: number,
): string {
  if (state === 'INSUFFICIENT_DATA') {
    return `Insufficient Data: ${count(missing, 'datapoint')} ${were(missing)} unknown.`;
  }
  const deciding = received.filter(({ breaches }) => breaches === (state === 'ALARM'));
  const filled =
    missing > 0
      ? ` and ${count(missing, 'missing datapoint')} ${were(missing)} treated as [${treatmentNames[rule.treatMissingData]}]`
      : '';
  if (deciding.length === 0) {
    const some =
      received.length === 0
        ? 'no datapoints were'
        : `${count(received.length, 'datapoint')} ${were(received.length)}`;
    return `Threshold Crossed: ${some} received for ${count(rule.evaluationPeriods, 'period')}${filled}.`;
  }
  const { datapointsToAlarm: toAlarm, evaluationPeriods } = rule;
  const subject =
    toAlarm === undefined
      ? count(deciding.length, 'datapoint')
      : `${deciding.length} out of the last ${evaluationPeriods} datapoints`;
  const not = state === 'ALARM' ? '' : 'not ';
  const comparison = `${were(deciding.length)} ${not}${phrases[rule.comparison]} the threshold (${javaDouble(rule.threshold)})`;
  const listed = deciding.slice(-maxListed).toReversed().map(written).join(', ');
  const what =
    deciding.length > maxListed
      ? `${subject} ${comparison}${filled}. The most recent datapoints which crossed the threshold: [${listed}]`
      : `${subject} [${listed}] ${comparison}${filled}`;
  return `Threshold Crossed: ${what}${toAlarm === undefined ? '' : ` ${minimum(state, toAlarm, evaluationPeriods)}`}.`;
}

function minimum(state: AlarmState, toAlarm: number, evaluationPeriods: number): string {
  return state === 'ALARM'
    ? `(minimum ${count(toAlarm, 'datapoint')} for OK -> ALARM transition)`
    : `(minimum ${count(evaluationPeriods - toAlarm + 1, 'datapoint')} for ALARM -> OK transition)`;
}

const count = (number: number, what: string): string => `${number} ${what}${number === 1 ? '' : 's'}`;
const were = (number: number): string => (number === 1 ? 'was' : 'were');

/** `5.0 (21/11/26 10:00:00)` */
function written({ value, timestamp }: Datapoint): string {
  const [date = '', time = ''] = new Date(timestamp).toISOString().split(/[T.]/u);
  const [year = '', month = '', day = ''] = date.split('-');
  return `${javaDouble(value)} (${day}/${month}/${year.slice(2)} ${time})`;
}

/** CloudWatch prints numbers as Java does: `5.0`, `1.2E10`. */
function javaDouble(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e7 || size < 1e-3)) {
    const [mantissa = '', exponent = ''] = value.toExponential().split('e');
    return `${mantissa.includes('.') ? mantissa : `${mantissa}.0`}E${exponent.replace('+', '')}`;
  }
  return Number.isInteger(value) ? `${value}.0` : String(value);
}
