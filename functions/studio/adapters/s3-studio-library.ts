import { type StudioIndex, studioIndexSchema } from '../../contracts/template.ts';
import type { Clock } from '../../kernel/clock.ts';
import { getJson, getObject } from '../../kernel/s3.ts';
import type { StudioLibrary } from '../domain/edit-ports.ts';

/** Where the studio's files lie in the assets bucket; CloudFront serves them at the address that is their key. */
const folder = 'studio/library/';

/** How long an execution environment keeps the index, in milliseconds: a new template is seen everywhere after it. */
const indexLifeMs = 30_000;

/** Files are named by their content, so they never change; whoever decodes them keeps them. */
export function createStudioLibrary(bucket: string, clock: Clock): StudioLibrary {
  let kept: { index: StudioIndex; until: number } | undefined;
  return {
    index: async () => {
      if (kept === undefined || kept.until <= clock()) {
        const stored = await getJson(bucket, 'studio/index.json', studioIndexSchema);
        if (stored === undefined) {
          throw new Error(
            'The assets bucket has no studio/index.json: what the studio draws with was not deployed',
          );
        }
        kept = { index: stored.value, until: clock() + indexLifeMs };
      }
      return kept.index;
    },
    file: async (file) => {
      const object = await getObject(bucket, `${folder}${file}`);
      if (object === undefined) {
        throw new Error(`The assets bucket has no ${folder}${file}, which its index names`);
      }
      return object.bytes;
    },
  };
}

/** The root-relative address of a file of the library. */
export const libraryUrl = (file: string): string => `/${folder}${file}`;
