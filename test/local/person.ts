import { request } from 'node:http';
import { type Job, jobSchema } from '../../functions/contracts/job.ts';
import {
  type UploadGrant,
  uploadGrantSchema,
  type UploadRequest,
} from '../../functions/contracts/upload-request.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** Somebody in the audience: speaks the API as a browser does, from an address of their own, so that rate limits count them apart. */
export class Person {
  readonly #origin: string;
  readonly #address: string;

  /** @param number any number up to 16 million: it becomes the address 127.x.y.z */
  constructor(origin: string, number: number) {
    this.#origin = origin;
    this.#address = `127.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255 || 1}`;
  }

  async call(
    method: string,
    path: string,
    body?: string,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const url = new URL(path, this.#origin);
    return new Promise((resolve, reject) => {
      const outgoing = request(url, {
        method,
        localAddress: this.#address,
        agent: false,
        headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      });
      outgoing.on('error', reject);
      outgoing.on('response', (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('error', reject);
        incoming.on('end', () =>
          resolve({
            status: incoming.statusCode ?? 0,
            headers: incoming.headers,
            body: Buffer.concat(chunks),
          }),
        );
      });
      outgoing.end(body);
    });
  }

  async json(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ status: number; headers: Answer['headers']; body: unknown }> {
    const answer = await this.call(method, path, body === undefined ? undefined : JSON.stringify(body));
    const text = answer.body.toString('utf8');
    return { ...answer, body: text === '' ? undefined : JSON.parse(text) };
  }

  async ask(wish: Partial<UploadRequest> & { campaign: string }): Promise<UploadGrant> {
    const answer = await this.json('POST', '/personalise/uploads', {
      contentType: 'image/jpeg',
      slots: {},
      ...wish,
    });
    if (answer.status !== 201) {
      throw new Error(`no upload was granted: ${answer.status} ${JSON.stringify(answer.body)}`);
    }
    return uploadGrantSchema.parse(answer.body);
  }

  /** Sends the photo as the grant says, with changed or added fields where a test wants them. */
  async upload(
    grant: UploadGrant,
    photo: Uint8Array,
    fields: Record<string, string> = {},
  ): Promise<Response> {
    const form = new FormData();
    for (const [name, value] of Object.entries({ ...grant.upload.fields, ...fields })) {
      form.append(name, value);
    }
    form.append('file', new Blob([Uint8Array.from(photo)]), 'photo');
    return fetch(grant.upload.url, { method: 'POST', body: form });
  }

  async job(id: string, waitSeconds = 0): Promise<Job> {
    const answer = await this.json('GET', `/personalise/jobs/${id}?wait=${waitSeconds}`);
    if (answer.status !== 200) {
      throw new Error(`job ${id}: ${answer.status} ${JSON.stringify(answer.body)}`);
    }
    return jobSchema.parse(answer.body);
  }

  /** The job when it has ended. */
  async end(id: string): Promise<Job> {
    for (;;) {
      const job = await this.job(id, 20);
      if (job.state === 'done' || job.state === 'failed') {
        return job;
      }
    }
  }

  /** The whole of it: ask, send, wait. */
  async personalise(wish: Partial<UploadRequest> & { campaign: string }, photo: Uint8Array): Promise<Job> {
    const grant = await this.ask(wish);
    const sent = await this.upload(grant, photo);
    if (!sent.ok) {
      throw new Error(`the upload was refused: ${sent.status} ${await sent.text()}`);
    }
    return this.end(grant.jobId);
  }
}
