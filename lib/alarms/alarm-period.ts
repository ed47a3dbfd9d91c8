import { Duration } from 'aws-cdk-lib';

/** What is watched closely is looked at in whole minutes. */
export const alarmPeriod = Duration.minutes(1);
