import type { PromiseDocument } from '../../functions/contracts/promise.ts';
import { leavesOf } from '../../lib/promises/graph.ts';
import { leavesHead, leavesRows } from './leaves.ts';
import { markdownTable } from './markdown-table.ts';
import { objectiveInWords } from './objective-in-words.ts';

/** docs/promises/README.md: every promise, and what all of them stand on. */
export function indexPage(documents: readonly PromiseDocument[]): string {
  return `${[
    '# Promises',
    '<!-- Made by `npm run promises` of functions/*/promise.ts: change it there. -->',
    'What each service promises, to whom it matters and what it stands on. Alarms, dashboards, tags and the status of every promise follow from the same documents, `functions/<service>/promise.ts`.',
    markdownTable(
      ['Product', 'Team', 'Promise', 'Objective', 'Over'],
      documents.flatMap(({ service, product, team, promises }) =>
        promises.map(({ id, statement, objective, measure, windowDays }) => [
          `[${product}](${service}.md)`,
          team,
          `[${id}](${service}.md#${id}): ${statement}`,
          objectiveInWords(objective, measure),
          `${windowDays} days`,
        ]),
      ),
    ),
    '## What depends on what',
    '![The dependency graph: services, their promises, and the providers that they stand on.](graph.svg)',
    'A service **falls** when something that it has no alternative to is broken, and with it all that it promises; it **goes on with less** when something steps in. Worst first, as `npm run promises -- graph` prints them:',
    markdownTable(leavesHead, leavesRows(leavesOf(documents))),
    '## Changing a promise',
    'Write `functions/<service>/promise.ts`, run `npm run promises`. [released](released) holds what was last released; a test compares. A promise that is weakened or withdrawn needs a new major version with a date and a word about it in `changes`, what is new or better a minor one, words a patch. `npm run promises -- release` makes the documents the released ones.',
  ].join('\n\n')}\n`;
}
