import * as z from 'zod';
import { cdEventContents } from './cdevent-contents.ts';
import { type CdEventContent, name, uri, uriReference } from './cdevent-parts.ts';
import { toPointer } from './json-pointer.ts';

/** What is wrong with an event, and where: a JSON Pointer (RFC 6901). */
export interface EventProblem {
  readonly pointer: string;
  readonly detail: string;
}

const event = z.looseObject({ contextId: name });
const tags = z.record(z.string(), z.unknown()).optional();

const link = z.discriminatedUnion('linkType', [
  z.strictObject({ linkType: z.literal('RELATION'), linkKind: name, target: event, tags }),
  z.strictObject({ linkType: z.literal('PATH'), from: event, tags }),
  z.strictObject({ linkType: z.literal('END'), from: event.optional(), tags }),
]);

/** `dev.cdevents.<subject>.<predicate>.<x.y.z>`; somebody's own are `dev.cdeventsx.<company>-<subject>.<predicate>.<x.y.z>`. */
const typePattern =
  /^dev\.(?:cdevents\.(?<name>[a-z]+\.[a-z]+)|cdeventsx\.[a-z0-9]+-[a-z]+\.[a-z]+)\.(?<version>\d+\.\d+\.\d+)(?:-\w+)?$/u;

const cdEvent = z.strictObject({
  context: z.strictObject({
    specversion: name,
    id: name,
    source: uriReference,
    type: z
      .string()
      .regex(
        typePattern,
        'write dev.cdevents.<subject>.<predicate>.<version> or dev.cdeventsx.<company>-<subject>.<predicate>.<version>',
      ),
    timestamp: z.iso.datetime({ offset: true }),
    schemaUri: uri.optional(),
    chainId: name.optional(),
    links: z.array(link).optional(),
  }),
  subject: z.strictObject({
    id: name,
    source: uriReference.optional(),
    type: z.string().optional(),
    content: z.record(z.string(), z.unknown()),
  }),
  customData: z.union([z.record(z.string(), z.unknown()), z.base64()]).optional(),
  customDataContentType: z.string().optional(),
});
export type CdEvent = z.infer<typeof cdEvent>;

export type CheckedCdEvent =
  | {
      readonly isValid: true;
      readonly event: CdEvent;
      /** Whether its type is one of CDEvents 0.5.1 or of the draft of approvals: then its content was checked too. */
      readonly isKnown: boolean;
    }
  | { readonly isValid: false; readonly problems: readonly EventProblem[] };

/** Checks an event as the specification has it; the content of types that it does not know is taken as it is. */
export function checkCdEvent(value: unknown): CheckedCdEvent {
  const parsed = cdEvent.safeParse(value);
  if (!parsed.success) {
    return { isValid: false, problems: problemsOf(parsed.error, []) };
  }
  const event = parsed.data;
  const known = knownType(event.context.type);
  const content = known?.content.safeParse(event.subject.content);
  const problems = [
    ...(event.subject.type === known?.subjectType || event.subject.type === undefined
      ? []
      : [{ pointer: '/subject/type', detail: 'the type of the subject is told by context.type alone' }]),
    ...(content?.success === false ? problemsOf(content.error, ['subject', 'content']) : []),
  ];
  return problems.length > 0
    ? { isValid: false, problems }
    : { isValid: true, event, isKnown: known !== undefined };
}

function knownType(type: string): CdEventContent | undefined {
  const groups = typePattern.exec(type)?.groups;
  const known = cdEventContents[groups?.['name'] ?? ''];
  return known?.version === groups?.['version'] ? known : undefined;
}

const problemsOf = (error: z.ZodError, before: readonly PropertyKey[]): EventProblem[] =>
  error.issues.map(({ path, message }) => ({
    pointer: toPointer([...before, ...path]),
    detail: message,
  }));
