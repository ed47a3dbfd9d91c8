/** Names of the metrics in the namespace `Fanfare/deployments`: facts that happened, in the past tense. */
export const deploymentsMetrics = {
  eventQueued: 'EventQueued',
  eventRefused: 'EventRefused',
  signatureRefused: 'SignatureRefused',
  /** The secret of a connection could not be had; its sender was refused. */
  secretMissed: 'SecretMissed',
  eventRecorded: 'EventRecorded',
  /** From the sender's request to the archive, in milliseconds. */
  recordDelay: 'RecordDelay',
  /** Redis could not be told of an event; the archive has it. */
  projectionMissed: 'ProjectionMissed',
  projectionCaughtUp: 'ProjectionCaughtUp',
  /** Everything in Redis was lost, and a service's part of it was made again. */
  serviceRebuilt: 'ServiceRebuilt',
  headSigned: 'HeadSigned',
  recordPacked: 'RecordPacked',
} as const;
