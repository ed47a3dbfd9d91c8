import directory from '../directory/directory.json' with { type: 'json' };
import prices from '../lib/prices.json' with { type: 'json' };
import { loadAssembly } from '../local/template/assembly.ts';
import { idleCost } from './cost/idle-cost.ts';
import { synthesize } from './synthesize.ts';

/** `npm run cost`: what a stage costs in a month in which nobody comes, from its synthesized templates. */
async function main([stage = 'dev', ...rest]: readonly string[]): Promise<number> {
  if (rest.length > 0) {
    console.error('Usage: npm run cost [-- <stage>]');
    return 2;
  }
  const { stacks } = await loadAssembly(await synthesize(stage));
  let total = 0;
  for (const { name, resources } of stacks) {
    const lines = idleCost([...resources.values()], prices, directory.connections.length);
    const sum = lines.reduce((before, { dollars }) => before + dollars, 0);
    total += sum;
    console.log(`\n${name.padEnd(58)}${inDollars(sum)}`);
    for (const { what, count, dollars } of lines) {
      console.log(`  ${`${count} ${what}`.padEnd(56)}${inDollars(dollars)}`);
    }
  }
  const alarms = stacks.flatMap(({ resources }) =>
    [...resources.values()].filter(({ type }) => alarmTypes.has(type)),
  );
  const forAlarms = idleCost(alarms, prices).reduce((sum, { dollars }) => sum + dollars, 0);
  console.log(`\n${`of which ${alarms.length} alarms`.padEnd(58)}${inDollars(forAlarms)}`);
  console.log(`${`${stage}, a month in which nobody comes`.padEnd(58)}${inDollars(total)}`);
  console.log(`(${prices.source}, ${prices.asOf})`);
  return 0;
}

const alarmTypes = new Set(['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm']);

const inDollars = (amount: number): string => `$${amount.toFixed(2)}`.padStart(9);

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
