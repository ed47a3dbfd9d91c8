import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';

const written: string[] = [];
afterAll(async () => {
  await Promise.all(written.splice(0).map((folder) => rm(folder, { recursive: true })));
});

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

interface Declared {
  readonly Type: string;
  readonly Properties?: { readonly [key: string]: Json };
  readonly DependsOn?: readonly string[];
}

export interface StackOf {
  readonly resources: Readonly<Record<string, Declared>>;
  readonly outputs?: { readonly [key: string]: Json };
}

/** Files of an asset folder, by name. */
type Files = Readonly<Record<string, string>>;

/** Writes an assembly as small as a test needs, in the form of `cdk synth`. Answers its folder. */
export async function writeAssembly(
  stacks: Readonly<Record<string, StackOf>>,
  assets: Readonly<Record<string, Files>> = {},
): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'fanfare-assembly-'));
  written.push(folder);
  const artifacts: Record<string, Json> = {};
  for (const [name, { resources, outputs }] of Object.entries(stacks)) {
    artifacts[name] = {
      type: 'aws:cloudformation:stack',
      properties: { templateFile: `${name}.template.json` },
    };
    artifacts[`${name}.assets`] = {
      type: 'cdk:asset-manifest',
      properties: { file: `${name}.assets.json` },
    };
    const template = {
      Resources: Object.fromEntries(
        Object.entries(resources).map(([id, resource]) => [
          id,
          { ...resource, Metadata: { 'aws:cdk:path': `${name}/${id}/Resource` } },
        ]),
      ),
      ...(outputs === undefined ? {} : { Outputs: outputs }),
    };
    await writeFile(path.join(folder, `${name}.template.json`), JSON.stringify(template));
    await writeFile(path.join(folder, `${name}.assets.json`), JSON.stringify({ files: manifestOf(assets) }));
  }
  for (const [asset, files] of Object.entries(assets)) {
    for (const [file, text] of Object.entries(files)) {
      const target = path.join(folder, `asset.${asset}`, file);
      await mkdir(path.dirname(target), { recursive: true });
      await writeFile(target, text);
    }
  }
  await writeFile(path.join(folder, 'manifest.json'), JSON.stringify({ artifacts }));
  return folder;
}

const manifestOf = (assets: Readonly<Record<string, Files>>): Record<string, Json> =>
  Object.fromEntries(
    Object.keys(assets).map((asset) => [
      asset,
      {
        source: { path: `asset.${asset}`, packaging: 'zip' },
        destinations: { current: { bucketName: 'assets', objectKey: `${asset}.zip` } },
      },
    ]),
  );

/** A function whose bundle is the asset of the same name. */
export const lambda = (asset: string, properties: { readonly [key: string]: Json } = {}): Declared => ({
  Type: 'AWS::Lambda::Function',
  Properties: {
    Runtime: 'nodejs24.x',
    Handler: 'index.handler',
    Timeout: 10,
    MemorySize: 256,
    Code: { S3Bucket: 'assets', S3Key: `${asset}.zip` },
    ...properties,
  },
});

/** The asset of a function: its bundle. */
export const bundle = (code: string): Files => ({ 'index.mjs': code, 'package.json': '{"type":"module"}' });

/** A bucket of pages and a distribution that serves it; the stage does not run without. */
export const site: StackOf['resources'] = {
  Pages: { Type: 'AWS::S3::Bucket' },
  Distribution: {
    Type: 'AWS::CloudFront::Distribution',
    Properties: {
      DistributionConfig: {
        DefaultRootObject: 'index.html',
        DefaultCacheBehavior: { TargetOriginId: 'pages' },
        Origins: [{ Id: 'pages', DomainName: { 'Fn::GetAtt': ['Pages', 'RegionalDomainName'] } }],
      },
    },
  },
};

/** A queue that feeds a function, with the dead-letter queue behind it. */
export const worked = (
  by: string,
  mapping: { readonly [key: string]: Json } = {},
  queue: { readonly [key: string]: Json } = {},
): StackOf['resources'] => ({
  DeadLetters: {
    Type: 'AWS::SQS::Queue',
    ...(queue['FifoQueue'] === true ? { Properties: { FifoQueue: true } } : {}),
  },
  Queue: {
    Type: 'AWS::SQS::Queue',
    Properties: {
      VisibilityTimeout: 60,
      RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': ['DeadLetters', 'Arn'] }, maxReceiveCount: 2 },
      ...queue,
    },
  },
  Mapping: {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: {
      EventSourceArn: { 'Fn::GetAtt': ['Queue', 'Arn'] },
      FunctionName: { Ref: by },
      BatchSize: 10,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ...mapping,
    },
  },
});
