/** Names of the metrics in the namespace `Fanfare/personalise`: facts that happened, in the past tense. */
export const personaliseMetrics = {
  uploadRequested: 'UploadRequested',
  uploadRateLimited: 'UploadRateLimited',
  uploadAccepted: 'UploadAccepted',
  uploadRefused: 'UploadRefused',
  pictureRendered: 'PictureRendered',
  pictureReused: 'PictureReused',
  renderDuration: 'RenderDuration',
  jobDuration: 'JobDuration',
  jobDone: 'JobDone',
  jobFailed: 'JobFailed',
  jobErased: 'JobErased',
  /** Redis could not be told of a job's state; readers get it from S3. */
  projectionMissed: 'ProjectionMissed',
  /** Redis could not give a lease; the picture was made without one. */
  leaseMissed: 'LeaseMissed',
} as const;
