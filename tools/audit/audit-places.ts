import type { Outputs } from '../redrive/dead-letters.ts';

/** Where the archive lies, and what is known of it elsewhere. */
export interface AuditPlaces {
  readonly archiveBucket: string;
  readonly headsBucket: string;
  /** The key that signs. */
  readonly keyArn: string;
}

/** From the outputs of a stage's stacks. Throws with what to do when they are not there. */
export function findAuditPlaces(outputs: Outputs, stage: string): AuditPlaces {
  const values = outputs[`fanfare-${stage}-deployments`] ?? {};
  const { ArchiveBucketName, HeadsBucketName, HeadKeyArn } = values;
  if (ArchiveBucketName === undefined || HeadsBucketName === undefined || HeadKeyArn === undefined) {
    throw new Error(
      `The outputs name no archive of the stage ${stage}: deploy it, or start the local stage.`,
    );
  }
  return { archiveBucket: ArchiveBucketName, headsBucket: HeadsBucketName, keyArn: HeadKeyArn };
}
