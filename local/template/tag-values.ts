import type { Assembly } from './assembly.ts';

/** The values that a tag has anywhere in the template. */
export function tagValues(assembly: Assembly, key: string): ReadonlySet<string> {
  const values = assembly.stacks.flatMap(({ resources }) =>
    [...resources.values()].flatMap(({ properties }) => {
      const tags: unknown = properties['Tags'];
      return Array.isArray(tags)
        ? tags.flatMap((tag: unknown) =>
            typeof tag === 'object' && tag !== null && Reflect.get(tag, 'Key') === key
              ? [String(Reflect.get(tag, 'Value'))]
              : [],
          )
        : [];
    }),
  );
  return new Set(values);
}
