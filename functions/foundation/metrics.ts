/** Names of the metrics in the namespace `Fanfare/foundation`: facts that happened, in the past tense. */
export const foundationMetrics = {
  /** One notification that a chat or a pager took. */
  notificationSent: 'NotificationSent',
  /** One try that failed; it is retried. */
  notificationFailed: 'NotificationFailed',
} as const;
