import { createPictureMaker } from '../../functions/personalise/adapters/sharp-picture-maker.ts';
import type { RenderedPicture } from '../../functions/personalise/domain/ports.ts';
import type { Compilation } from './compile-campaign.ts';
import { previewPhotoOf } from './preview-photo.ts';

/** Every variant of a compiled campaign with these slots and its preview photo, drawn as the service draws it. */
export async function renderCompilation(
  { campaign, files, previewPhoto }: Compilation,
  slots: Readonly<Record<string, string>>,
): Promise<readonly RenderedPicture[]> {
  const photo = await previewPhotoOf(previewPhoto);
  const maker = createPictureMaker({
    assets: {
      file: async (_id, _version, name) => {
        const bytes = files.get(name);
        if (bytes === undefined) {
          throw new Error(`The compiled campaign has no file ${name}`);
        }
        return bytes;
      },
    },
  });
  return await maker.make(photo, campaign, slots);
}

/** The slots as the campaign's author filled them in. */
export function exampleSlots({ published }: Pick<Compilation, 'published'>): Record<string, string> {
  return Object.fromEntries(published.slots.map(({ id, example }) => [id, example]));
}
