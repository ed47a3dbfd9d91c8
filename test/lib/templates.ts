import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { Stage } from '../../lib/stage.ts';
import type { ServiceName } from '../../functions/promises.ts';
import { synthesize } from '../../tools/synthesize.ts';

const resourceSchema = z.object({
  Type: z.string(),
  // What a template says is looked into freely: a wrong path is a failing expectation.
  Properties: z.record(z.string(), z.any()).default({}),
  DependsOn: z.array(z.string()).default([]),
  DeletionPolicy: z.string().optional(),
});
const templateSchema = z.object({
  Resources: z.record(z.string(), resourceSchema),
  Outputs: z.record(z.string(), z.object({ Value: z.unknown() })).default({}),
});
export type Template = z.infer<typeof templateSchema>;

export interface Resource {
  readonly id: string;
  readonly type: string;
  readonly properties: z.infer<typeof resourceSchema>['Properties'];
  readonly deletionPolicy: string | undefined;
}

export type StackName = ServiceName;
export const stackNames: readonly StackName[] = [
  'foundation',
  'personalise',
  'studio',
  'deployments',
  'console',
];

/** Milliseconds that a first synthesis may take on a busy machine, with other workers before it. */
export const patience = 300_000;

const assemblies = new Map<Stage, Promise<string>>();

/** The folder of a stage's assembly; the same for all tests of a file. */
export function assemblyOf(stage: Stage): Promise<string> {
  const assembly = assemblies.get(stage) ?? synthesize(stage);
  assemblies.set(stage, assembly);
  return assembly;
}

/** The template of a stack, as `synthesize` writes it. */
export async function readTemplate(stack: StackName, stage: Stage = 'dev'): Promise<Template> {
  const assembly = await assemblyOf(stage);
  const text = await readFile(path.join(assembly, `fanfare-${stage}-${stack}.template.json`), 'utf8');
  return parseTemplate(text);
}

export const parseTemplate = (text: string): Template => templateSchema.parse(JSON.parse(text));

/** The resources of a template, all or of one type. */
export const resourcesOf = (template: Template, type?: string): Resource[] =>
  Object.entries(template.Resources)
    .filter(([, resource]) => type === undefined || resource.Type === type)
    .map(([id, resource]) => ({
      id,
      type: resource.Type,
      properties: resource.Properties,
      deletionPolicy: resource.DeletionPolicy,
    }));

/** The only resource of its type whose id begins with `prefix`. */
export function theResource(template: Template, type: string, prefix: string): Resource {
  const [found, ...others] = resourcesOf(template, type).filter(({ id }) => id.startsWith(prefix));
  if (found === undefined || others.length > 0) {
    throw new Error(`${others.length === 0 ? 'no' : 'more than one'} ${type} is called ${prefix}…`);
  }
  return found;
}

/** Every function that runs our code; the CDK's own run during deployments only. */
export const ourFunctions = (template: Template): Resource[] =>
  resourcesOf(template, 'AWS::Lambda::Function').filter(
    ({ properties }) => properties['Environment']?.Variables?.POWERTOOLS_SERVICE_NAME !== undefined,
  );

export interface Statement {
  readonly owner: string;
  readonly effect: string;
  readonly actions: readonly string[];
  readonly resources: readonly unknown[];
  readonly principal: unknown;
  readonly condition: unknown;
}

const listed = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);

/** The statements of every policy in a template, of roles and of resources. */
export const statementsOf = (template: Template): Statement[] =>
  resourcesOf(template).flatMap(({ id, properties }) =>
    listed(properties['PolicyDocument']?.Statement ?? []).map((each) => {
      const statement = statementSchema.parse(each);
      return {
        owner: id,
        effect: statement.Effect,
        actions: listed(statement.Action).map(String),
        resources: listed(statement.Resource),
        principal: statement.Principal,
        condition: statement.Condition,
      };
    }),
  );

const statementSchema = z.object({
  Effect: z.string(),
  Action: z.union([z.string(), z.array(z.string())]),
  Resource: z.unknown().optional(),
  Principal: z.unknown().optional(),
  Condition: z.unknown().optional(),
});
