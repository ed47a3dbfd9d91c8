import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';

/** One resource of a synthesized template. */
export interface Resource {
  readonly stack: string;
  readonly logicalId: string;
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
  /** The construct path without stack and CDK's last step, such as `RenderQueue/Queue`. */
  readonly path: string;
}

/** Unique in the assembly: stacks of the same shape have the same logical ids. */
export const keyOf = ({ stack, logicalId }: Pick<Resource, 'stack' | 'logicalId'>): string =>
  `${stack}/${logicalId}`;

export interface Stack {
  readonly name: string;
  readonly resources: ReadonlyMap<string, Resource>;
  readonly outputs: Readonly<Record<string, unknown>>;
  /** The names under which other stacks import outputs, by output. */
  readonly exports: Readonly<Record<string, unknown>>;
}

export interface Assembly {
  readonly stacks: readonly Stack[];
  /** The folder or file of an asset, by the key that templates give it in the assets bucket. */
  readonly asset: (objectKey: string) => string;
}

const manifestSchema = z.looseObject({
  artifacts: z.record(
    z.string(),
    z.looseObject({
      type: z.string(),
      properties: z
        .looseObject({ templateFile: z.string().optional(), file: z.string().optional() })
        .optional(),
    }),
  ),
});

const templateSchema = z.looseObject({
  Resources: z.record(
    z.string(),
    z.looseObject({
      Type: z.string(),
      Properties: z.record(z.string(), z.unknown()).optional(),
      Metadata: z.looseObject({ 'aws:cdk:path': z.string().optional() }).optional(),
    }),
  ),
  Outputs: z
    .record(
      z.string(),
      z.looseObject({ Value: z.unknown(), Export: z.looseObject({ Name: z.unknown() }).optional() }),
    )
    .optional(),
  Conditions: z.never({ error: 'the local stage knows no conditions' }).optional(),
});

const assetsSchema = z.looseObject({
  files: z.record(
    z.string(),
    z.looseObject({
      source: z.looseObject({ path: z.string().optional() }),
      destinations: z.record(z.string(), z.looseObject({ objectKey: z.string() })),
    }),
  ),
});

const readJson = async <Schema extends z.ZodType>(file: string, schema: Schema): Promise<z.infer<Schema>> => {
  const parsed = schema.safeParse(JSON.parse(await readFile(file, 'utf8')));
  if (!parsed.success) {
    throw new Error(`${file} is not what the local stage expects:\n${z.prettifyError(parsed.error)}`);
  }
  return parsed.data;
};

/** Reads what `cdk synth` wrote into `folder`. */
export async function loadAssembly(folder: string): Promise<Assembly> {
  const { artifacts } = await readJson(path.join(folder, 'manifest.json'), manifestSchema);
  const stacks: Stack[] = [];
  const assets = new Map<string, string>();
  for (const [name, { type, properties }] of Object.entries(artifacts)) {
    if (type === 'aws:cloudformation:stack' && properties?.templateFile !== undefined) {
      stacks.push(await loadStack(name, path.join(folder, properties.templateFile)));
    }
    if (type === 'cdk:asset-manifest' && properties?.file !== undefined) {
      const { files } = await readJson(path.join(folder, properties.file), assetsSchema);
      for (const { source, destinations } of Object.values(files)) {
        for (const { objectKey } of Object.values(destinations)) {
          assets.set(objectKey, path.join(folder, source.path ?? ''));
        }
      }
    }
  }
  if (stacks.length === 0) {
    throw new Error(`There is no stack in ${folder}: run the synthesis first.`);
  }
  return {
    stacks,
    asset: (objectKey) => {
      const file = assets.get(objectKey);
      if (file === undefined) {
        throw new Error(`No asset of the assembly has the key ${objectKey}.`);
      }
      return file;
    },
  };
}

async function loadStack(name: string, file: string): Promise<Stack> {
  const template = await readJson(file, templateSchema);
  const resources = new Map<string, Resource>();
  for (const [logicalId, resource] of Object.entries(template.Resources)) {
    const constructPath = resource.Metadata?.['aws:cdk:path'] ?? `${name}/${logicalId}`;
    resources.set(logicalId, {
      stack: name,
      logicalId,
      type: resource.Type,
      properties: resource.Properties ?? {},
      path: constructPath
        .split('/')
        .slice(1)
        .join('/')
        .replace(/\/(Resource|Default)$/u, ''),
    });
  }
  return {
    name,
    resources,
    outputs: Object.fromEntries(
      Object.entries(template.Outputs ?? {}).map(([key, { Value }]) => [key, Value]),
    ),
    exports: Object.fromEntries(
      Object.entries(template.Outputs ?? {}).flatMap(([key, { Export }]) =>
        Export === undefined ? [] : [[key, Export.Name]],
      ),
    ),
  };
}
