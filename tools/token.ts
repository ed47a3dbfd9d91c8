import { parseArgs } from 'node:util';
import { z } from 'zod';
import { readLocalStage } from './local-stage.ts';

const usage = `npm run --silent token -- --team <team>
Prints a token of somebody of a team, as the local stage takes it in Authorization: Bearer <token>.
A deployment takes tokens of the issuer that lib/config.ts names: that one gives them.`;

const { values } = parseArgs({
  options: {
    team: { type: 'string', default: 'delivery' },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

try {
  console.log(values.help ? usage : await token(values.team));
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

async function token(team: string): Promise<string> {
  const stage = await readLocalStage();
  if (stage === undefined) {
    throw new Error('No local stage runs: start one with `npm start`.');
  }
  const answer = await fetch(`${stage.origin}/_stage/token?team=${encodeURIComponent(team)}`);
  const body: unknown = await answer.json();
  if (!answer.ok) {
    throw new Error(z.object({ error: z.string() }).parse(body).error);
  }
  return z.object({ token: z.string() }).parse(body).token;
}
