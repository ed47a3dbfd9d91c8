import { cdEventContents } from '../../../contracts/cdevent-contents.ts';

type JsonObject = Readonly<Record<string, unknown>>;

/** Whose `url` became `uri` in 0.5. */
const renamedUrl: ReadonlySet<string> = new Set(['environment', 'pipelinerun', 'repository', 'taskrun']);
/** What test runs called their outcomes. */
const outcomes: Readonly<Record<string, string>> = { pass: 'success', fail: 'failure' };

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
  if (!isObject(subject['content'])) {
    return subject;
  }
  const { url, status, ...content } = subject['content'];
  const isTestRun = name === 'testcaserun' || name === 'testsuiterun';
  const outcome = content['outcome'] ?? (isTestRun ? status : undefined);
  return {
    ...subject,
    content: {
      ...content,
      ...(url === undefined ? {} : { [renamedUrl.has(name) ? 'uri' : 'url']: url }),
      ...(status === undefined || isTestRun ? {} : { status }),
      ...(outcome === undefined
        ? {}
        : { outcome: isTestRun && typeof outcome === 'string' ? (outcomes[outcome] ?? outcome) : outcome }),
    },
  };
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
