import type { ObjectCreated } from '../aws/aws-front.ts';

/** One rule of a bucket's notification configuration. */
export interface NotificationRule {
  readonly bucket: string;
  /** Such as `s3:ObjectCreated:*` or `s3:ObjectCreated:Put`. */
  readonly events: readonly string[];
  readonly prefix: string;
  readonly suffix: string;
  readonly functionArn: string;
}

export const matches = (rule: NotificationRule, created: ObjectCreated): boolean =>
  rule.bucket === created.bucket &&
  created.key.startsWith(rule.prefix) &&
  created.key.endsWith(rule.suffix) &&
  rule.events.some((event) => event === `s3:${created.eventName}` || event === 's3:ObjectCreated:*');

/** The event that S3 sends: one record, its key form-encoded. Source: Amazon S3 user guide, "Event message structure". */
export const toS3Event = (created: ObjectCreated, region: string, account: string): unknown => ({
  Records: [
    {
      eventVersion: '2.1',
      eventSource: 'aws:s3',
      awsRegion: region,
      eventTime: new Date(created.at).toISOString(),
      eventName: created.eventName,
      userIdentity: { principalId: `AWS:${account}` },
      requestParameters: { sourceIPAddress: '127.0.0.1' },
      responseElements: { 'x-amz-request-id': created.sequencer, 'x-amz-id-2': 'local' },
      s3: {
        s3SchemaVersion: '1.0',
        configurationId: 'local',
        bucket: {
          name: created.bucket,
          ownerIdentity: { principalId: account },
          arn: `arn:aws:s3:::${created.bucket}`,
        },
        object: {
          key: formEncoded(created.key),
          size: created.size,
          eTag: created.etag.replaceAll('"', ''),
          sequencer: created.sequencer,
        },
      },
    },
  ],
});

/** As `application/x-www-form-urlencoded` has it, but for slashes, which stay. */
const formEncoded = (key: string): string =>
  encodeURIComponent(key)
    .replaceAll(/[!'()~]/gu, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%2F', '/')
    .replaceAll('%20', '+');
