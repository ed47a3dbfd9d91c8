/** Names of the metrics in the namespace `Fanfare/studio`: facts that happened, in the past tense. */
export const studioMetrics = {
  uploadRequested: 'UploadRequested',
  uploadRateLimited: 'UploadRateLimited',
  editQueued: 'EditQueued',
  editMade: 'EditMade',
  /** The same bytes and recipe were made before: the file was copied. */
  editReused: 'EditReused',
  editDone: 'EditDone',
  editFailed: 'EditFailed',
  editErased: 'EditErased',
  /** Somebody looked at an edit that nobody was making any more: it was queued again. */
  editMended: 'EditMended',
  makeDuration: 'MakeDuration',
  /** From the request to the end of what is made at once. */
  promptEditDuration: 'PromptEditDuration',
  /** From the request to the end of what goes through the queue. */
  queuedEditDuration: 'QueuedEditDuration',
} as const;
