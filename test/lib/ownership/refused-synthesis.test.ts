import { describe, expect, it } from 'vitest';
import { patience } from '../templates.ts';
import { ACopy } from './a-copy.ts';

/** Where the text is in what was said, in lines from the top. */
const lineOf = (said: string, text: string): number =>
  said.split('\n').findIndex((line) => line.includes(text)) + 1;

/** What a synthesis says of this project with one thing changed; it has to refuse it, shortly and without a stack trace. */
const refusalOf = async (
  command: 'cdkSynth' | 'synth',
  change: Parameters<ACopy['change']>,
): Promise<string> => {
  await using copy = await ACopy.make();
  await copy.change(...change);
  const { code, said } = await copy[command]();
  expect({ code, said }).toEqual({ code: 1, said: expect.stringContaining('(Ownership)') });
  expect(said).not.toMatch(/^\s+at /mu);
  expect(said.split('\n').length).toBeLessThan(90);
  return said;
};

describe('cdk synth', { timeout: patience }, () => {
  it('refuses a service that lost its team', async () => {
    const said = await refusalOf('cdkSynth', ['functions/personalise/promise.ts', /^ {2}team: .+\n/mu, '']);
    expect(lineOf(said, 'FATAL personalise has no team: nobody answers for it.')).toBe(1);
    expect(said).toContain(
      'Suggested fix: Set team in functions/personalise/promise.ts to the name of one in lib/teams.ts.',
    );
  });

  it('takes the project as it is', async () => {
    await using copy = await ACopy.make();
    await expect(copy.cdkSynth()).resolves.toMatchObject({ code: 0 });
  });
});

describe('npm run synth', { timeout: patience }, () => {
  it('refuses an alarm that lost its heading in the runbook', async () => {
    const said = await refusalOf('synth', [
      'docs/runbook.md',
      '## personalise/render-dead-letters',
      '## What to do then',
    ]);
    expect(
      lineOf(
        said,
        'FATAL The alarm fanfare-dev-personalise/Alarms/RenderDeadLetters/Alarm has no heading in docs/runbook.md',
      ),
    ).toBe(1);
    expect(said).toContain('Suggested fix: Add “## personalise/render-dead-letters” to docs/runbook.md');
  });

  it('refuses dead letters that lost their alarm', async () => {
    const said = await refusalOf('synth', ['lib/alarms/service-alarms.ts', /^.*deadLetterAlarm\(.*\n/mu, '']);
    expect(lineOf(said, 'FATAL ')).toBe(1);
    expect(said).toContain(
      'FATAL No alarm watches how many messages lie in the dead-letter queue fanfare-dev-deployments/RecordQueue/DeadLetters/Queue',
    );
    expect(said).toContain('Suggested fix: Create it with DeadLetters (lib/constructs/dead-letters.ts)');
  });

  it('refuses a dependency that is no longer declared', async () => {
    const said = await refusalOf('synth', [
      'functions/console/promise.ts',
      /^ {4}\{\n {6}on: \{ service: 'personalise'[^]*?\n {4}\},\n/mu,
      '',
    ]);
    expect(lineOf(said, 'FATAL console uses personalise and does not say so: fanfare-dev-console/')).toBe(1);
    expect(said).toContain(
      'Suggested fix: Add it to dependsOn in functions/console/promise.ts (personalise promises requests-answered',
    );
  });

  it('refuses the use of the cache when it is no longer declared', async () => {
    const said = await refusalOf('synth', [
      'functions/personalise/promise.ts',
      /^ {4}\{\n {6}on: \{ service: 'foundation', promise: 'cache-answers'[^]*?\n {4}\},\n/mu,
      '',
    ]);
    expect(lineOf(said, 'FATAL personalise uses foundation and does not say so')).toBe(1);
    expect(said).toContain(
      "Suggested fix: Add { service: 'foundation', promise: 'cache-answers' } to dependsOn in functions/personalise/promise.ts",
    );
  });
});
