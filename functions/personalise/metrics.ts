/** Names of the metrics in the namespace `Fanfare/personalise`: facts that happened, in the past tense. */
export const personaliseMetrics = {
  uploadRequested: 'UploadRequested',
  uploadRateLimited: 'UploadRateLimited',
  uploadAccepted: 'UploadAccepted',
  uploadRefused: 'UploadRefused',
  pictureRendered: 'PictureRendered',
  pictureReused: 'PictureReused',
  renderFailed: 'RenderFailed',
  renderDuration: 'RenderDuration',
  jobDuration: 'JobDuration',
  jobErased: 'JobErased',
  projectionMissed: 'ProjectionMissed',
} as const;
