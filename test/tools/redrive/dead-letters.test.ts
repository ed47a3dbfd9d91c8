import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chooseDeadLetters, findDeadLetters, readDeadLetters } from '../../../tools/redrive/dead-letters.ts';

const personalise = {
  RenderQueueUrl: 'https://sqs/render',
  RenderDeadLettersUrl: 'https://sqs/render-dead',
  RenderDeadLettersArn: 'arn:aws:sqs:eu-west-1:1:render-dead',
  AcceptUploadDeadLettersUrl: 'https://sqs/accept-dead',
  AcceptUploadDeadLettersArn: 'arn:aws:sqs:eu-west-1:1:accept-dead',
  AcceptUploadFunctionName: 'accept-upload-1',
};
const outputs = { 'fanfare-dev-personalise': personalise, 'fanfare-dev-console': { Url: 'https://site' } };

describe('dead letters in the outputs of the stacks', () => {
  it('are found for queues and for functions', () => {
    expect(findDeadLetters(outputs)).toEqual([
      {
        name: 'render',
        stack: 'fanfare-dev-personalise',
        url: 'https://sqs/render-dead',
        arn: 'arn:aws:sqs:eu-west-1:1:render-dead',
      },
      {
        name: 'accept-upload',
        stack: 'fanfare-dev-personalise',
        url: 'https://sqs/accept-dead',
        arn: 'arn:aws:sqs:eu-west-1:1:accept-dead',
        functionName: 'accept-upload-1',
      },
    ]);
  });

  it('are chosen by name', () => {
    expect(chooseDeadLetters(findDeadLetters(outputs), 'render', undefined).url).toBe(
      'https://sqs/render-dead',
    );
  });

  it('are listed when none is named', () => {
    expect(() => chooseDeadLetters(findDeadLetters(outputs), undefined, undefined)).toThrow(
      'Say which: npm run redrive -- <name>. Known: render, accept-upload.',
    );
  });

  it('are listed when an unknown one is named', () => {
    expect(() => chooseDeadLetters(findDeadLetters(outputs), 'redner', undefined)).toThrow(
      'no dead letters called “redner”. Known: render, accept-upload.',
    );
  });

  it('of several stages are chosen with the stage, and only with it', () => {
    const both = findDeadLetters({ ...outputs, 'fanfare-prod-personalise': personalise });
    expect(() => chooseDeadLetters(both, 'render', undefined)).toThrow('choose with --stage');
    expect(chooseDeadLetters(both, 'render', 'prod').stack).toBe('fanfare-prod-personalise');
  });

  it('of a stage that is not there are none', () => {
    expect(() => chooseDeadLetters(findDeadLetters(outputs), 'render', 'staging')).toThrow('Known: none.');
  });
});

describe('the file of outputs', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'fanfare-outputs-'));
  });
  afterAll(async () => {
    await rm(folder, { recursive: true });
  });

  it('is read as `cdk deploy --outputs-file` writes it', async () => {
    const file = path.join(folder, 'outputs.json');
    await writeFile(file, JSON.stringify(outputs));
    expect((await readDeadLetters(file)).map(({ name }) => name)).toEqual(['render', 'accept-upload']);
  });

  it('says what writes it when it is missing', async () => {
    await expect(readDeadLetters(path.join(folder, 'nowhere.json'))).rejects.toThrow('npm run deploy');
  });

  it.each([
    ['no JSON', 'outputs: none'],
    ['of another shape', '{"fanfare-dev-personalise":{"RenderQueueUrl":5}}'],
  ])('is refused when it is %s', async (_, text) => {
    const file = path.join(folder, 'broken.json');
    await writeFile(file, text);
    await expect(readDeadLetters(file)).rejects.toThrow('does not hold the outputs of stacks');
  });
});
