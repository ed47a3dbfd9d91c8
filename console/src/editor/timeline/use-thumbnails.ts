import { useEffect, useState } from 'preact/hooks';
import type { RecipeInput } from '../../../../functions/contracts/recipe.ts';
import type { createPreview, Thumbnail } from '../preview/preview.ts';
import type { StudioLibrary } from '../preview/studio-library.ts';
import type { LocalFiles } from '../state/files.ts';

/** Pictures of all of the source, also of what is cut away. None where they cannot be drawn: the canvas says why. */
export function useThumbnails(
  create: typeof createPreview,
  files: LocalFiles,
  library: StudioLibrary,
  { version, source, geometry }: RecipeInput,
  count: number,
  height: number,
): readonly Thumbnail[] {
  const [thumbnails, setThumbnails] = useState<readonly Thumbnail[]>([]);
  const key = JSON.stringify([source, geometry, count, height]);
  useEffect(() => {
    if (count === 0) {
      return undefined;
    }
    let isWanted = true;
    let made: readonly Thumbnail[] = [];
    const preview = create((upload) => files.get(upload)?.blob, library);
    const draw = async (): Promise<void> => {
      const recipe = {
        version,
        source,
        ...(geometry === undefined ? {} : { geometry }),
        output: { format: 'webp' as const },
      };
      try {
        const { plan } = await preview.show(recipe);
        if (plan === undefined || !isWanted) {
          return;
        }
        made = await preview.thumbnails(count, height);
        if (isWanted) {
          setThumbnails(made);
        }
      } catch {
        // The same picture is missing on the canvas, which says so and tries again.
        return;
      } finally {
        preview.close();
      }
    };
    void draw();
    return () => {
      isWanted = false;
      for (const { picture } of made) {
        picture.close();
      }
      setThumbnails([]);
    };
    // The key says when they look different.
  }, [key]);
  return thumbnails;
}
