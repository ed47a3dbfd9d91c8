import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { Person } from '../../../test/local/person.ts';
import { newPhotos } from './new-photos.ts';

/**
 * Users in a process of their own, as they are outside the stage. Arguments: the site's address, a request for an upload as JSON, the photo's file. Told
 * `{ users, jobsEach, firstUser }` it lets so many personalise that photo at the same time, each one after another, and answers the milliseconds it took.
 */
const [origin = '', wishJson = '{}', photoFile = ''] = process.argv.slice(2);
const wish = z.looseObject({ campaign: z.string() }).parse(JSON.parse(wishJson));
const rushSchema = z.object({ users: z.int(), jobsEach: z.int(), firstUser: z.int() });
const photo = await readFile(photoFile);

async function rush({ users, jobsEach, firstUser }: z.infer<typeof rushSchema>): Promise<number> {
  const start = performance.now();
  await Promise.all(
    Array.from({ length: users }, async (_, user) => {
      const person = new Person(origin, firstUser + user);
      const newPhoto = newPhotos(photo, 'rush');
      for (let job = 0; job < jobsEach; job += 1) {
        const { state } = await person.personalise(wish, newPhoto());
        if (state !== 'done') {
          throw new Error(`a job ended ${state}`);
        }
      }
    }),
  );
  return performance.now() - start;
}

process.on('message', (message) => {
  void rush(rushSchema.parse(message)).then((ms) => process.send?.(ms));
});
process.send?.('ready');
