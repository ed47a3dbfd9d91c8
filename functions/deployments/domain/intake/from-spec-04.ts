import type * as z from 'zod';
import { cdEventContents } from '../../../contracts/cdevent-contents.ts';
import { outcome } from '../../../contracts/cdevent-parts.ts';

type JsonObject = Readonly<Record<string, unknown>>;

/** Whose `url` became `uri` in 0.5. */
const renamedUrl: ReadonlySet<string> = new Set(['environment', 'pipelinerun', 'repository', 'taskrun']);
/** What 0.5 knows, under the names that 0.4 and senders of free text gave it. */
const outcomes: ReadonlyMap<unknown, z.infer<typeof outcome>> = new Map([
  ...outcome.options.map((each) => [each, each] as const),
  ['pass', 'success'],
  ['fail', 'failure'],
]);

/**
 * A CDEvent of 0.4 or older as 0.5.1 has it; undefined when it is none, as it says `context.version` no more.
 * Source: https://github.com/cdevents/spec/releases/tag/v0.5.0
 */
export function fromSpec04(value: unknown): unknown {
  if (!isObject(value) || !isObject(value['context']) || !('version' in value['context'])) {
    return undefined;
  }
  const { version: _version, ...context } = value['context'];
  const type = typeof context['type'] === 'string' ? context['type'] : '';
  const [, name = '', subjectName = ''] = /^dev\.cdevents\.((\w+)\.\w+)\.\d/u.exec(type) ?? [];
  const known = cdEventContents[name];
  return {
    ...value,
    context: {
      ...context,
      specversion: '0.5.1',
      type: known === undefined ? type : `dev.cdevents.${name}.${known.version}`,
    },
    subject: isObject(value['subject']) ? subjectOf(value['subject'], subjectName) : value['subject'],
  };
}

function subjectOf({ type: _type, ...subject }: JsonObject, name: string): JsonObject {
  return isObject(subject['content'])
    ? { ...subject, content: contentOf(subject['content'], name) }
    : subject;
}

function contentOf(content: JsonObject, name: string): JsonObject {
  const { url, ...rest } = content;
  const renamed = url === undefined ? rest : { ...rest, [renamedUrl.has(name) ? 'uri' : 'url']: url };
  switch (name) {
    case 'testcaserun':
    case 'testsuiterun': {
      const { status, ...run } = renamed;
      const told = run['outcome'] ?? status;
      return told === undefined ? run : { ...run, outcome: outcomes.get(told) ?? told };
    }
    case 'pipelinerun': {
      // 0.4 took any words; those that 0.5 has no name for stay in the original alone.
      const { outcome: told, ...run } = renamed;
      const known = outcomes.get(String(told).toLowerCase());
      return known === undefined ? run : { ...run, outcome: known };
    }
    default:
      return renamed;
  }
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
