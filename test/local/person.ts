import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { type Job, jobSchema } from '../../functions/contracts/job.ts';
import type { PresignedUpload } from '../../functions/contracts/presigned-upload.ts';
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
  /** Keeps connections open from one request to the next, as a browser does. */
  readonly #agent: Agent;

  /** @param number any number up to 16 million: it becomes the address 127.x.y.z */
  constructor(origin: string, number: number) {
    this.#origin = origin;
    const localAddress = `127.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255 || 1}`;
    this.#agent = new Agent({ keepAlive: true, localAddress });
  }

  async call(
    method: string,
    path: string,
    body?: string,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const type: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
    return this.#send(
      method,
      new URL(path, this.#origin),
      { ...type, ...headers },
      body === undefined ? [] : [body],
    );
  }

  async #send(
    method: string,
    url: URL,
    headers: Record<string, string | number>,
    body: readonly (string | Uint8Array)[],
  ): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const outgoing = request(url, { method, agent: this.#agent, headers });
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
      for (const part of body) {
        outgoing.write(part);
      }
      outgoing.end();
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
    grant: { readonly upload: PresignedUpload },
    photo: Uint8Array,
    fields: Record<string, string> = {},
  ): Promise<Answer> {
    const boundary = `----fanfare${randomUUID()}`;
    const part = (disposition: string, content: string): string =>
      `--${boundary}\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n${content}`;
    const head = Object.entries({ ...grant.upload.fields, ...fields })
      .map(([name, value]) => `${part(`name="${name}"`, value)}\r\n`)
      .join('');
    const body = [head, part('name="file"; filename="photo"', ''), photo, `\r\n--${boundary}--\r\n`];
    return this.#send(
      'POST',
      new URL(grant.upload.url),
      {
        'content-type': `multipart/form-data; boundary=${boundary}`,
        'content-length': body.reduce((sum, each) => sum + Buffer.byteLength(each), 0),
      },
      body,
    );
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
    if (sent.status >= 300) {
      throw new Error(`the upload was refused: ${sent.status} ${sent.body.toString()}`);
    }
    return this.end(grant.jobId);
  }
}
