import { editSchema, type Edit } from '../../functions/contracts/edit.ts';
import { problemSchema, type Problem } from '../../functions/contracts/problem.ts';
import type { RecipeInput } from '../../functions/contracts/recipe.ts';
import {
  type StudioUploadRequest,
  studioUploadGrantSchema,
} from '../../functions/contracts/studio-upload.ts';
import { type Answer, Person } from './person.ts';

/** Somebody who makes memes: speaks the studio's API as a browser does. */
export class StudioPerson extends Person {
  /** Sends a file and answers its id. */
  async send(file: Uint8Array, contentType: StudioUploadRequest['contentType']): Promise<string> {
    let granted = await this.json('POST', '/studio/uploads', { contentType });
    // A cache that is slow to connect is asked again, as the answer says.
    for (let tries = 0; tries < 5 && granted.status === 503; tries += 1) {
      granted = await this.json('POST', '/studio/uploads', { contentType });
    }
    if (granted.status !== 201) {
      throw new Error(`no upload was granted: ${granted.status} ${JSON.stringify(granted.body)}`);
    }
    const grant = studioUploadGrantSchema.parse(granted.body);
    const stored = await this.upload(grant, file);
    if (stored.status !== 204) {
      throw new Error(`S3 did not take the upload: ${stored.status} ${stored.body.toString('utf8')}`);
    }
    return grant.uploadId;
  }

  /** Asks for a recipe; throws when it is refused. */
  async askFor(recipe: RecipeInput): Promise<{ status: number; edit: Edit }> {
    const answer = await this.json('POST', '/studio/edits', { recipe });
    if (answer.status !== 200 && answer.status !== 202) {
      throw new Error(`no edit: ${answer.status} ${JSON.stringify(answer.body)}`);
    }
    return { status: answer.status, edit: editSchema.parse(answer.body) };
  }

  /** Why a recipe is refused; throws when it is not. */
  async refusal(recipe: unknown): Promise<Problem> {
    const answer = await this.json('POST', '/studio/edits', { recipe });
    return problemSchema.parse(answer.body);
  }

  /** The edit when it has ended. */
  async endOf(recipe: RecipeInput): Promise<Edit> {
    let { edit } = await this.askFor(recipe);
    for (let waits = 0; waits < 4 && edit.state !== 'done' && edit.state !== 'failed'; waits += 1) {
      edit = editSchema.parse((await this.json('GET', `${edit.self}?wait=20`)).body);
    }
    return edit;
  }

  /** The file that a recipe makes. */
  async file(recipe: RecipeInput): Promise<{ edit: Edit; bytes: Buffer; headers: Answer['headers'] }> {
    const edit = await this.endOf(recipe);
    if (edit.result === undefined) {
      throw new Error(`nothing was made: ${JSON.stringify(edit)}`);
    }
    const { status, body, headers } = await this.call('GET', edit.result.url);
    if (status !== 200) {
      throw new Error(`${edit.result.url} answers ${status}`);
    }
    return { edit, bytes: body, headers };
  }
}
