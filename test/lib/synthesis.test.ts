import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { App, Stack, Validations } from 'aws-cdk-lib';
import { Bucket, CfnBucket } from 'aws-cdk-lib/aws-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stages } from '../../lib/stage.ts';
import { acknowledge } from '../../lib/constructs/acknowledge.ts';
import { SolutionsChecks } from '../../lib/constructs/solutions-checks.ts';
import { prepareTemplateChecks, templateChecks } from '../../lib/constructs/template-checks.ts';
import { services } from '../../functions/promises.ts';
import { OwnedStack } from '../../lib/stacks/owned-stack.ts';
import { projectFolder } from '../../tools/project-folder.ts';
import { synthesize } from '../../tools/synthesize.ts';
import { readTemplate, resourcesOf, stackNames, patience } from './templates.ts';

const run = promisify(execFile);
const cli = async (...args: string[]): Promise<{ stdout: string; stderr: string }> =>
  await run(path.join(projectFolder, 'node_modules/.bin/cdk'), args, {
    cwd: projectFolder,
    env: { ...process.env, PATH: `${path.join(projectFolder, 'node_modules/.bin')}:${process.env['PATH']}` },
  });

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'fanfare-synthesis-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

describe('the CLI', { timeout: patience }, () => {
  it('gives the same templates as the local stage and the tests run', async () => {
    const output = path.join(folder, 'cli');
    await cli('synth', '--quiet', '--output', output);
    const assembly = await synthesize('dev');
    for (const stack of stackNames) {
      const file = `fanfare-dev-${stack}.template.json`;
      const [ofCli, ours] = await Promise.all(
        [output, assembly].map((each) => readFile(path.join(each, file), 'utf8')),
      );
      expect(JSON.parse(ofCli ?? '')).toEqual(JSON.parse(ours ?? ''));
    }
  });

  it('names the stages when it is given another', async () => {
    await expect(
      cli('synth', '--quiet', '--context', 'stage=production', '--output', path.join(folder, 'none')),
    ).rejects.toThrow('Unknown stage “production”: give one of dev, staging, prod');
  });
});

describe('synthesize', { timeout: patience }, () => {
  it('refuses a stage that does not exist', async () => {
    await expect(synthesize('qa')).rejects.toThrow('Unknown stage “qa”');
  });

  it('answers the same folder while nothing changed', async () => {
    await expect(synthesize('dev')).resolves.toBe(await synthesize('dev'));
  });

  it.each(stages)('gives the stage %s a stack for each service, and no finding of cdk-nag', async (stage) => {
    const files = await readdir(await synthesize(stage));
    for (const service of Object.keys(services)) {
      expect(files).toContain(`fanfare-${stage}-${service}.template.json`);
    }
  });
});

describe('stages', { timeout: patience }, () => {
  it('differ in what they keep: a stack of prod leaves its data behind, one of dev takes it along', async () => {
    const policies = async (stage: 'dev' | 'prod'): Promise<Set<string | undefined>> =>
      new Set(
        resourcesOf(await readTemplate('personalise', stage), 'AWS::S3::Bucket').map(
          (bucket) => bucket.deletionPolicy,
        ),
      );
    await expect(policies('dev')).resolves.toEqual(new Set(['Delete']));
    await expect(policies('prod')).resolves.toEqual(new Set(['Retain']));
    const prod = await readTemplate('personalise', 'prod');
    expect(resourcesOf(prod, 'Custom::S3AutoDeleteObjects')).toEqual([]);
  });

  it('have caches and users of their own', async () => {
    const users = resourcesOf(await readTemplate('foundation', 'prod'), 'AWS::ElastiCache::User');
    expect(users.map(({ properties }) => properties['UserId'])).toEqual([
      'fanfare-prod-personalise',
      'fanfare-prod-studio',
      'fanfare-prod-deployments',
    ]);
  });
});

describe('a finding of cdk-nag', { timeout: patience }, () => {
  /** A bucket that anybody may read without TLS. */
  const stackWithOpenBucket = (name: string): { app: App; bucket: Bucket } => {
    const app = new App({
      outdir: path.join(folder, name),
      context: { '@aws-cdk/core:appMode': 'inmemory' },
    });
    const stack = new OwnedStack(app, services.personalise, 'dev');
    Validations.of(app).addPlugins(new SolutionsChecks(app));
    return { app, bucket: new Bucket(stack, 'Open') };
  };

  it('fails the synthesis', () => {
    const { app } = stackWithOpenBucket('open');
    expect(() => app.synth()).toThrow(/Validation failed|AwsSolutions/u);
  });

  it('passes once each is acknowledged with a reason', () => {
    const { app, bucket } = stackWithOpenBucket('acknowledged');
    acknowledge(bucket, 'S1', 'It holds nothing.');
    acknowledge(bucket, 'S10', 'It holds nothing.');
    expect(() => app.synth()).not.toThrow();
  });
});

describe('a template that the schema of a resource does not allow', { timeout: patience }, () => {
  const appWith = (name: string, property: string): App => {
    const app = new App({
      outdir: path.join(folder, name),
      context: {
        '@aws-cdk/core:appMode': 'inmemory',
        '@aws-cdk/core:validateAgainstDefaultRules': true,
      },
    });
    Validations.of(app).addPlugins(templateChecks);
    new CfnBucket(new Stack(app, 'Stack'), 'Bucket').addPropertyOverride(property, 'a-name-for-this-bucket');
    return app;
  };

  it('fails the synthesis, also when the schemas were loaded before there was a template', () => {
    prepareTemplateChecks();
    expect(() => appWith('misspelt', 'BuketName').synth()).toThrow('BuketName');
    expect(() => appWith('spelt', 'BucketName').synth()).not.toThrow();
  });
});
