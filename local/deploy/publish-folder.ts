import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import * as z from 'zod';

/** Properties of `Custom::CDKBucketDeployment`: those that the stage follows, and those that mean nothing to it. Any other is an error. */
export const deploymentSchema = z.strictObject({
  SourceObjectKeys: z.array(z.string()),
  DestinationBucketName: z.string(),
  DestinationBucketKeyPrefix: z.string().default(''),
  SystemMetadata: z.partialRecord(z.enum(['cache-control', 'content-type']), z.string()).default({}),
  Prune: z.literal(false, { error: 'the local stage does not prune' }),
  SourceMarkers: z
    .array(z.strictObject({}, { error: 'the local stage does not replace markers in deployed files' }))
    .optional(),
  /** How markers would be written. */
  SourceMarkersConfig: z.array(z.strictObject({ jsonEscape: z.boolean().optional() })).optional(),
  Extract: z.literal(true).optional(),
  ServiceToken: z.string(),
  SourceBucketNames: z.array(z.string()),
  OutputObjectKeys: z.boolean().optional(),
  DistributionId: z.string().optional(),
  DistributionPaths: z.array(z.string()).optional(),
  WaitForDistributionInvalidation: z.boolean().optional(),
});

/** Content types by extension, as the AWS CLI guesses them during a deployment. */
const contentTypes: Readonly<Record<string, string>> = {
  css: 'text/css',
  html: 'text/html',
  ico: 'image/vnd.microsoft.icon',
  jpg: 'image/jpeg',
  js: 'text/javascript',
  json: 'application/json',
  png: 'image/png',
  svg: 'image/svg+xml',
  ttf: 'font/ttf',
  otf: 'font/otf',
  txt: 'text/plain',
  webmanifest: 'application/manifest+json',
  webp: 'image/webp',
  avif: 'image/avif',
  woff2: 'font/woff2',
};

/** What the CDK's BucketDeployment does: puts the files of its assets into the bucket. */
export async function publishFolder(
  s3: S3Client,
  deployment: z.output<typeof deploymentSchema>,
  asset: (key: string) => string,
): Promise<void> {
  for (const key of deployment.SourceObjectKeys) {
    const folder = asset(key);
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const files = entries
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name));
    await Promise.all(files.map((file) => put(file, path.relative(folder, file).split(path.sep).join('/'))));
  }

  async function put(file: string, name: string): Promise<void> {
    await s3.send(
      new PutObjectCommand({
        Bucket: deployment.DestinationBucketName,
        Key: `${deployment.DestinationBucketKeyPrefix}${name}`,
        Body: await readFile(file),
        ContentType:
          deployment.SystemMetadata['content-type'] ??
          contentTypes[path.extname(file).slice(1)] ??
          'binary/octet-stream',
        CacheControl: deployment.SystemMetadata['cache-control'],
      }),
    );
  }
}
