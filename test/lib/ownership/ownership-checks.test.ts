import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { App, Duration, Stack, Validations } from 'aws-cdk-lib';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { OwnershipChecks } from '../../../lib/ownership/ownership-checks.ts';
import { tellRefusal } from '../../../lib/ownership/tell-refusal.ts';
import { OwnedStack } from '../../../lib/stacks/owned-stack.ts';
import { aDocument } from './documents.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'fanfare-ownership-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

const document = aDocument({ promises: [], checklist: [] });

/** An app with the checks, and a stack of the service `answers`. */
const anApp = (name: string, runbook: string = ''): { app: App; stack: OwnedStack; outdir: string } => {
  const outdir = path.join(folder, name);
  const app = new App({
    outdir,
    context: { '@aws-cdk/core:appMode': 'inmemory', 'aws:cdk:enable-path-metadata': true },
  });
  Validations.of(app).addPlugins(new OwnershipChecks('dev', [document], runbook));
  const stack = new OwnedStack(app, document, 'dev');
  // CloudFormation takes no empty stack.
  aLog(stack);
  return { app, stack, outdir };
};

const aFunction = (scope: Stack, id: string): LambdaFunction =>
  new LambdaFunction(scope, id, {
    runtime: Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: Code.fromInline('exports.handler = async () => {};'),
  });

const aLog = (scope: Stack): LogGroup => new LogGroup(scope, 'Log');
const aLooseQueue = (scope: Stack): Queue => new Queue(scope, 'Loose');

/** What the synthesis of an app says. */
const refusalOf = (app: App): string => {
  try {
    app.synth();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  throw new Error('Nothing was refused.');
};

describe('the synthesis of an app', () => {
  it('passes when nothing is to be refused', () => {
    expect(() => anApp('nothing').app.synth()).not.toThrow();
  });

  it('fails with what is wrong, where, and how to mend it', () => {
    const { app, stack } = anApp('queue');
    aLooseQueue(stack);
    const said = refusalOf(app);
    expect(said).toContain(
      [
        'FATAL The queue fanfare-dev-answers/Loose has no dead-letter queue: a message that always fails comes back until it expires, and is then lost. (Ownership)',
        '   fanfare-dev-answers/Loose aws-cdk-lib.aws_sqs.Queue',
        '   Suggested fix: Create it with WorkQueue (lib/constructs/work-queue.ts), or give it a deadLetterQueue in lib/stacks/answers.ts.',
        '   Rule Ownership::queue-without-dead-letters',
      ].join('\n'),
    );
  });

  it('refuses a function outside of the services', () => {
    const { app } = anApp('attic');
    aFunction(new Stack(app, 'fanfare-dev-attic'), 'Forgotten');
    expect(refusalOf(app)).toContain(
      'The function fanfare-dev-attic/Forgotten is in fanfare-dev-attic, which is no service’s stack',
    );
  });

  it('refuses a bare function of a service: its name, limits and log', () => {
    const { app, stack } = anApp('bare');
    aFunction(stack, 'Bare');
    const said = refusalOf(app);
    for (const rule of [
      'unowned-function',
      'function-without-timeout',
      'function-without-memory',
      'function-without-log-retention',
    ]) {
      expect(said).toContain(`Rule Ownership::${rule}`);
    }
    expect(said).toContain('The function fanfare-dev-answers/Bare has no tag Function');
  });

  it('refuses a consumer that the CDK’s defaults make', () => {
    const { app, stack } = anApp('consumer');
    const queue = new Queue(stack, 'Work', {
      visibilityTimeout: Duration.seconds(30),
      deadLetterQueue: { queue: new Queue(stack, 'Failed'), maxReceiveCount: 3 },
    });
    const consumer = new LambdaFunction(stack, 'Worker', {
      runtime: Runtime.NODEJS_24_X,
      handler: 'index.handler',
      code: Code.fromInline('exports.handler = async () => {};'),
      timeout: Duration.seconds(6),
    });
    consumer.addEventSource(new SqsEventSource(queue));
    const said = refusalOf(app);
    expect(said).toContain(
      'No alarm watches how many messages lie in the dead-letter queue fanfare-dev-answers/Failed',
    );
    expect(said).toContain('A message of the queue fanfare-dev-answers/Work comes back after 30 s');
    expect(said).toMatch(
      /The event source fanfare-dev-answers\/Worker\/SqsEventSource:\S+ does not report failures/u,
    );
  });

  it('names the file when it is about a file, whatever stacks the CLI was asked for', async () => {
    const { app, outdir } = anApp('runbook', '# Runbook\n\n## answers/forgotten\n');
    expect(refusalOf(app)).toContain(
      [
        'FATAL docs/runbook.md explains “answers/forgotten”, and no alarm is called so. (Ownership)',
        '   docs/runbook.md',
      ].join('\n'),
    );
    const report = JSON.parse(await readFile(path.join(outdir, 'validation-report.json'), 'utf8'));
    const places = report.pluginReports
      .filter(({ pluginName }: { pluginName: string }) => pluginName === 'Ownership')
      .flatMap(({ violations }: { violations: unknown[] }) => violations)
      .flatMap(({ violatingConstructs }: { violatingConstructs: unknown[] }) => violatingConstructs);
    // The CLI takes an empty path for one that concerns every stack.
    expect(places).toEqual([expect.objectContaining({ constructPath: '' })]);
  });

  it('cannot be talked round: a finding cannot be acknowledged', () => {
    const { app, stack } = anApp('acknowledged');
    const queue = aLooseQueue(stack);
    Validations.of(queue).acknowledge({ id: 'Ownership::queue-without-dead-letters', reason: 'Never mind.' });
    expect(refusalOf(app)).toContain('The queue fanfare-dev-answers/Loose has no dead-letter queue');
  });
});

describe('a refusal', () => {
  it('is told without where in the program it was found, and the process fails', () => {
    const { app, stack } = anApp('told');
    aLooseQueue(stack);
    const said: string[] = [];
    const print = vi.spyOn(console, 'error').mockImplementation((text: string) => said.push(text));
    onTestFinished(() => {
      print.mockRestore();
      process.exitCode = undefined;
    });
    try {
      app.synth();
    } catch (error) {
      tellRefusal(error);
    }
    expect(process.exitCode).toBe(1);
    expect(said).toHaveLength(1);
    expect(said[0]).toContain('FATAL The queue fanfare-dev-answers/Loose has no dead-letter queue');
    expect(said[0]).not.toMatch(/^\s+at /mu);
  });

  it('is not what other errors are: they are thrown on', () => {
    const error = new Error('There is no such campaign.');
    expect(() => tellRefusal(error)).toThrow(error);
  });
});
