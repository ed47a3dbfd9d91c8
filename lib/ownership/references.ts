/** What a value of a template points at. */
export type Reference =
  | { readonly kind: 'resource'; readonly id: string }
  | { readonly kind: 'output'; readonly stack: string; readonly output: string }
  | { readonly kind: 'export'; readonly name: string };

/** Every reference inside `value`, however deep. Pseudo parameters like `AWS::Region` point at nothing. */
export function* referencesIn(value: unknown): Generator<Reference> {
  if (Array.isArray(value)) {
    for (const each of value) {
      yield* referencesIn(each);
    }
    return;
  }
  if (typeof value !== 'object' || value === null) {
    return;
  }
  for (const [key, inner] of Object.entries(value)) {
    switch (key) {
      case 'Ref':
        yield* toResource(inner);
        break;
      case 'Fn::GetAtt':
        yield* toResource(Array.isArray(inner) ? inner[0] : String(inner).split('.')[0]);
        break;
      case 'Fn::Sub':
        yield* inText(inner);
        break;
      case 'Fn::GetStackOutput':
        yield* toOutput(inner);
        break;
      case 'Fn::ImportValue':
        yield { kind: 'export', name: typeof inner === 'string' ? inner : JSON.stringify(inner) };
        break;
      default:
        yield* referencesIn(inner);
    }
  }
}

/** Every text inside `value`, however deep, but not what references are written with. */
export function* textsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') {
    yield value;
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      if (!references.has(key)) {
        yield* textsIn(inner);
      }
    }
  }
}

const references: ReadonlySet<string> = new Set([
  'Ref',
  'Fn::GetAtt',
  'Fn::GetStackOutput',
  'Fn::ImportValue',
]);

function* toResource(id: unknown): Generator<Reference> {
  if (typeof id === 'string' && !id.startsWith('AWS::')) {
    yield { kind: 'resource', id };
  }
}

function* toOutput(value: unknown): Generator<Reference> {
  if (typeof value === 'object' && value !== null && 'StackName' in value && 'OutputName' in value) {
    yield { kind: 'output', stack: String(value.StackName), output: String(value.OutputName) };
  }
}

/** `${Id}` and `${Id.Attribute}`; a list brings names of its own, whose values are looked into instead. */
function* inText(value: unknown): Generator<Reference> {
  const [text, own]: unknown[] = Array.isArray(value) ? value : [value];
  const names = typeof own === 'object' && own !== null ? Object.keys(own) : [];
  for (const [, name = ''] of String(text).matchAll(/\$\{([^!}][^}]*)\}/gu)) {
    const [id = ''] = name.split('.');
    if (!names.includes(id)) {
      yield* toResource(id);
    }
  }
  yield* referencesIn(own);
}
