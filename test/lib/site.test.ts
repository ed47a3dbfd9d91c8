import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { config } from '../../lib/config.ts';
import { createFanfare } from '../../lib/fanfare.ts';
import { onceBuilt } from '../../tools/build.ts';
import { parseTemplate, patience, type Resource, type Template, theResource } from './templates.ts';

const certificateArn = 'arn:aws:acm:us-east-1:111122223333:certificate/c0ffee';
let outdir: string;
let template: Template;

beforeAll(async () => {
  outdir = await mkdtemp(path.join(tmpdir(), 'fanfare-site-'));
  Object.assign(config.staging, { site: { domainName: 'fanfare.example', certificateArn } });
  await onceBuilt(async () => createFanfare({ stage: 'staging', outdir }).synth());
  template = parseTemplate(
    await readFile(path.join(outdir, 'fanfare-staging-console.template.json'), 'utf8'),
  );
}, patience);
afterAll(async () => {
  await rm(outdir, { recursive: true });
});

describe('a stage with an address of its own', () => {
  const distribution = (): Resource['properties'] =>
    theResource(template, 'AWS::CloudFront::Distribution', 'Distribution').properties['DistributionConfig'];

  it('answers there, with its certificate and nothing older than TLS 1.2', () => {
    expect(distribution()).toMatchObject({
      Aliases: ['fanfare.example'],
      ViewerCertificate: {
        AcmCertificateArn: certificateArn,
        MinimumProtocolVersion: 'TLSv1.2_2021',
        SslSupportMethod: 'sni-only',
      },
    });
  });

  it('tells it in its outputs', () => {
    expect(template.Outputs['Url']?.Value).toBe('https://fanfare.example');
  });
});
