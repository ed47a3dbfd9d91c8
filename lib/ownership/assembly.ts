import * as z from 'zod';
import { type Reference, referencesIn } from './references.ts';

/** What is read of a template; the rest is left as it is. */
export const templateSchema = z.looseObject({
  Resources: z
    .record(
      z.string(),
      z.looseObject({
        Type: z.string(),
        Properties: z.record(z.string(), z.unknown()).optional(),
        Metadata: z.looseObject({ 'aws:cdk:path': z.string().optional() }).optional(),
      }),
    )
    .optional(),
  Outputs: z
    .record(
      z.string(),
      z.looseObject({ Value: z.unknown(), Export: z.looseObject({ Name: z.unknown() }).optional() }),
    )
    .optional(),
});
export type Template = z.infer<typeof templateSchema>;

export interface StackTemplate {
  /** `fanfare-dev-personalise` */
  readonly stack: string;
  readonly template: Template;
}

/** One resource of a synthesized template. */
export interface Resource {
  readonly stack: string;
  readonly id: string;
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
  /** The path of its construct, without the CDK's last step: `fanfare-dev-personalise/RenderQueue/Queue`. */
  readonly path: string;
}

/** The resources of every stack, found by type, by what points at them, and across stacks. Each template is looked through once. */
export class Assembly {
  readonly resources: readonly Resource[];
  private readonly byType: ReadonlyMap<string, readonly Resource[]>;
  private readonly byId: ReadonlyMap<string, Resource>;
  /** What an output gives, by stack and name. */
  private readonly outputs: ReadonlyMap<string, unknown>;
  private readonly exports: ReadonlyMap<string, { readonly stack: string; readonly value: unknown }>;

  constructor(stacks: readonly StackTemplate[]) {
    this.resources = stacks.flatMap(({ stack, template }) =>
      Object.entries(template.Resources ?? {}).map(([id, { Type, Properties, Metadata }]) => ({
        stack,
        id,
        type: Type,
        properties: Properties ?? {},
        path: (Metadata?.['aws:cdk:path'] ?? `${stack}/${id}`).replace(/\/(Resource|Default)$/u, ''),
      })),
    );
    this.byType = Map.groupBy(this.resources, ({ type }) => type);
    this.byId = new Map(this.resources.map((resource) => [`${resource.stack}/${resource.id}`, resource]));
    const outputs = stacks.flatMap(({ stack, template }) =>
      Object.entries(template.Outputs ?? {}).map(([name, { Value, Export }]) => ({
        stack,
        name,
        value: Value,
        exported: Export?.Name,
      })),
    );
    this.outputs = new Map(outputs.map(({ stack, name, value }) => [`${stack}/${name}`, value]));
    this.exports = new Map(
      outputs.flatMap(({ stack, value, exported }) =>
        typeof exported === 'string' ? [[exported, { stack, value }] as const] : [],
      ),
    );
  }

  ofType(...types: readonly string[]): Resource[] {
    return types.flatMap((type) => this.byType.get(type) ?? []);
  }

  /** The resources that `value`, a part of `from`, points at, in whatever stack they are. */
  targetsOf(from: Pick<Resource, 'stack'>, value: unknown): Resource[] {
    return [...referencesIn(value)].flatMap((reference) => this.follow(from.stack, reference));
  }

  /** The stack that a reference leads to, when it is another; undefined when it stays, or leads to nothing that is synthesized here. */
  stackBehind(stack: string, reference: Reference): string | undefined {
    const other =
      reference.kind === 'output'
        ? reference.stack
        : reference.kind === 'export'
          ? this.exports.get(reference.name)?.stack
          : undefined;
    return other === stack ? undefined : other;
  }

  /** The resources behind a reference of `stack`: none, when it gives only what everybody could know, like a stack's id. */
  follow(stack: string, reference: Reference): Resource[] {
    switch (reference.kind) {
      case 'resource': {
        const found = this.byId.get(`${stack}/${reference.id}`);
        return found === undefined ? [] : [found];
      }
      case 'output':
        return this.targetsOf(reference, this.outputs.get(`${reference.stack}/${reference.output}`));
      case 'export': {
        const found = this.exports.get(reference.name);
        return found === undefined ? [] : this.targetsOf(found, found.value);
      }
    }
  }

  /** The functions that `value` points at, also by an alias or a version. */
  functionsBehind(from: Pick<Resource, 'stack'>, value: unknown): Resource[] {
    return this.targetsOf(from, value).flatMap((target) => {
      if (target.type === 'AWS::Lambda::Function') {
        return [target];
      }
      return target.type === 'AWS::Lambda::Alias' || target.type === 'AWS::Lambda::Version'
        ? this.functionsBehind(target, target.properties['FunctionName'])
        : [];
    });
  }
}

/** The value at `path` inside `value`; undefined when there is none. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  let found: unknown = value;
  for (const step of path) {
    if (typeof found !== 'object' || found === null) {
      return undefined;
    }
    found = Object.hasOwn(found, step) ? Reflect.get(found, step) : undefined;
  }
  return found;
}

/** The elements of a list, or nothing. */
export const listAt = (value: unknown, ...path: readonly (string | number)[]): unknown[] => {
  const found = at(value, ...path);
  return Array.isArray(found) ? found : [];
};

/** What a resource is tagged with; CloudFormation writes tags as a list or as an object. */
export function tagsOf({ properties }: Resource): ReadonlyMap<string, string> {
  const tags = properties['Tags'];
  if (Array.isArray(tags)) {
    return new Map(tags.map((tag: unknown) => [String(at(tag, 'Key')), String(at(tag, 'Value'))]));
  }
  return new Map(
    Object.entries(typeof tags === 'object' && tags !== null ? tags : {}).map(([key, value]) => [
      key,
      String(value),
    ]),
  );
}
