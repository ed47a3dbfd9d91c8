import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import path from 'node:path';
import { ulid } from 'ulid';
import {
  type CampaignView,
  campaignListSchema,
  campaignViewSchema,
} from '../../functions/contracts/campaign.ts';
import { isTerminal, type Job, type JobState, jobSchema } from '../../functions/contracts/job.ts';
import { problemContentType, problemSchema } from '../../functions/contracts/problem.ts';
import {
  uploadGrantSchema,
  type UploadRequest,
  uploadRequestSchema,
} from '../../functions/contracts/upload-request.ts';
import type { StageAlarms } from '../../console/src/api/alarm-states.ts';
import { fakeCampaigns, fakePicture, fakeResults } from './fake-campaigns.ts';
import { type FakeS3, startFakeS3 } from './fake-s3.ts';

export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly errors?: { pointer: string; detail: string }[];
  readonly retryAfterSeconds?: number;
}

type ApiRoute = 'campaigns' | 'campaign' | 'uploads' | 'job' | 'erase';
type Route = ApiRoute | 'alarms';

/**
 * A hand-written fake of everything that the page talks to, for states that are hard to provoke in the real thing: it serves the built page
 * under the security policy of production, answers the API by the contracts' schemas, and moves jobs only when it is told to.
 */
export class FakeApi implements AsyncDisposable {
  readonly s3: FakeS3;
  /** What is open; tests may empty it. */
  campaigns: readonly CampaignView[] = fakeCampaigns;
  /** What the stage publishes of its alarms. @default nothing, like a deployed one */
  alarms: StageAlarms | { readonly html: string } | undefined;
  /** How often the alarms were asked for. */
  alarmReadings = 0;
  /** Every request for a long poll's seconds, in order. */
  readonly waits: number[] = [];
  readonly #server: Server;
  readonly #pages: string;
  readonly #jobs = new Map<string, Job>();
  readonly #watchers = new Set<() => void>();
  readonly #refusals: { route: Route; refusal: Refusal }[] = [];
  #grantMs = 300_000;

  private constructor(pages: string, server: Server, s3: FakeS3) {
    this.#pages = pages;
    this.#server = server;
    this.s3 = s3;
  }

  /** @param pages the folder of the built console */
  static async start(pages: string): Promise<FakeApi> {
    const server = createServer();
    const s3 = await startFakeS3();
    const api = new FakeApi(pages, server, s3);
    server.on('request', (request, response) => {
      api.#answer(request, response).catch((error: unknown) => {
        response.writeHead(500).end(String(error));
      });
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    return api;
  }

  get url(): string {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') {
      throw new Error('the fake API does not listen');
    }
    return `http://127.0.0.1:${address.port}`;
  }

  /** The next `times` requests of `route` are refused. */
  refuse(route: Route, refusal: Refusal, times = 1): void {
    this.#refusals.push(...Array.from({ length: times }, () => ({ route, refusal })));
  }

  /** Grants from now on are valid for `ms`; negative: they ran out before. */
  grantFor(ms: number): void {
    this.#grantMs = ms;
  }

  /** How many jobs were ever registered. */
  jobs = 0;
  /** What was asked for last with a request for an upload. */
  lastRequest: UploadRequest | undefined;

  /** The job registered last. */
  get lastJob(): Job {
    const job = [...this.#jobs.values()].at(-1);
    if (job === undefined) {
      throw new Error('no job is registered');
    }
    return job;
  }

  has(jobId: string): boolean {
    return this.#jobs.has(jobId);
  }

  /** Moves a job on; whoever polls for it is answered at once when it has ended. */
  move(jobId: string, to: JobState, failure?: Job['failure']): void {
    const job = this.#jobs.get(jobId);
    const campaign = this.campaigns.find(({ id }) => id === job?.campaign);
    if (job === undefined || campaign === undefined) {
      throw new Error(`no job ${jobId}`);
    }
    this.#jobs.set(
      jobId,
      jobSchema.parse({
        ...job,
        state: to,
        times: { ...job.times, [to]: new Date().toISOString() },
        ...(to === 'done' ? { results: fakeResults(campaign) } : {}),
        ...(failure === undefined ? {} : { failure }),
      }),
    );
    if (isTerminal(to)) {
      for (const watcher of this.#watchers) {
        watcher();
      }
    }
  }

  /** Registers a job as a request for an upload does. */
  register(campaign: CampaignView): Job {
    const id = ulid();
    const now = Date.now();
    const job = jobSchema.parse({
      id,
      self: `/personalise/jobs/${id}`,
      campaign: campaign.id,
      campaignVersion: campaign.version,
      state: 'awaiting-upload',
      times: { 'awaiting-upload': new Date(Math.min(now, now + this.#grantMs)).toISOString() },
      uploadExpiresAt: new Date(now + this.#grantMs).toISOString(),
    });
    this.#jobs.set(id, job);
    this.jobs += 1;
    return job;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
    await this.s3[Symbol.asyncDispose]();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', this.url);
    const [, first, second, third] = pathname.split('/');
    if (first === '_stage') {
      this.#tellAlarms(response);
      return;
    }
    if (first !== 'personalise') {
      await this.#serveFile(pathname, response);
      return;
    }
    const route = routeOf(request.method, second, third);
    const refusal = this.#takeRefusal(route);
    if (refusal !== undefined) {
      refuse(response, refusal);
      return;
    }
    switch (route) {
      case 'campaigns':
        json(response, 200, campaignListSchema.parse({ campaigns: this.campaigns }));
        return;
      case 'campaign': {
        const campaign = this.campaigns.find(({ id }) => id === third);
        if (campaign === undefined) {
          refuse(response, {
            status: 404,
            code: 'unknown-campaign',
            detail: `There is no campaign “${third}”.`,
          });
        } else {
          json(response, 200, campaignViewSchema.parse(campaign));
        }
        return;
      }
      case 'uploads':
        this.#grant(await readText(request), response);
        return;
      case 'job':
        await this.#tell(third ?? '', Number(searchParams.get('wait') ?? '0'), response);
        return;
      case 'erase':
        this.#jobs.delete(third ?? '');
        response.writeHead(204).end();
        return;
      case undefined:
        refuse(response, { status: 404, code: 'unknown-route', detail: 'There is no such route.' });
    }
  }

  #tellAlarms(response: ServerResponse): void {
    this.alarmReadings += 1;
    const refusal = this.#takeRefusal('alarms');
    if (refusal !== undefined) {
      refuse(response, refusal);
    } else if (this.alarms === undefined) {
      response
        .writeHead(403, { 'content-type': 'application/xml' })
        .end('<Error><Code>AccessDenied</Code></Error>');
    } else if ('html' in this.alarms) {
      response.writeHead(200, { 'content-type': 'text/html' }).end(this.alarms.html);
    } else {
      json(response, 200, this.alarms);
    }
  }

  #takeRefusal(route: Route | undefined): Refusal | undefined {
    const index = this.#refusals.findIndex((refusal) => refusal.route === route);
    return index < 0 ? undefined : this.#refusals.splice(index, 1)[0]?.refusal;
  }

  #grant(body: string, response: ServerResponse): void {
    const asked = uploadRequestSchema.parse(JSON.parse(body));
    this.lastRequest = asked;
    const campaign = this.campaigns.find(({ id }) => id === asked.campaign);
    if (campaign === undefined) {
      refuse(response, { status: 409, code: 'campaign-closed', detail: 'This campaign has closed.' });
      return;
    }
    const job = this.register(campaign);
    const upload = this.s3.grant({
      key: `uploads/${job.id}`,
      contentType: asked.contentType,
      maxBytes: campaign.limits.maxBytes,
      expiresAt: job.uploadExpiresAt,
    });
    json(response, 201, uploadGrantSchema.parse({ jobId: job.id, upload, job }));
  }

  async #tell(jobId: string, waitSeconds: number, response: ServerResponse): Promise<void> {
    this.waits.push(waitSeconds);
    const before = this.#jobs.get(jobId);
    if (before !== undefined && waitSeconds > 0 && !isTerminal(before.state)) {
      await this.#anyEnd(waitSeconds * 1000);
    }
    const job = this.#jobs.get(jobId);
    if (job === undefined) {
      refuse(response, {
        status: 404,
        code: 'unknown-job',
        detail: 'There is no such job; it may have expired.',
      });
    } else {
      json(response, 200, jobSchema.parse(job));
    }
  }

  #anyEnd(timeoutMs: number): Promise<void> {
    return new Promise((resolve) => {
      const finish = (): void => {
        clearTimeout(timer);
        this.#watchers.delete(finish);
        resolve();
      };
      const timer = setTimeout(finish, timeoutMs);
      this.#watchers.add(finish);
    });
  }

  async #serveFile(pathname: string, response: ServerResponse): Promise<void> {
    const picture = fakePicture(pathname);
    if (picture !== undefined) {
      response.writeHead(200, { 'content-type': 'image/jpeg' }).end(await picture);
      return;
    }
    const name = pathname === '/' ? 'index.html' : pathname.slice(1);
    const type = contentTypes[path.extname(name)];
    if (type === undefined || name.includes('..')) {
      response.writeHead(404).end();
      return;
    }
    const body = await readFile(path.join(this.#pages, name));
    response.writeHead(200, { 'content-type': type, 'content-security-policy': this.#policy() }).end(body);
  }

  #policy(): string {
    return `default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; connect-src 'self' ${new URL(this.s3.url).origin}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
  }
}

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

function routeOf(
  method: string | undefined,
  second: string | undefined,
  third: string | undefined,
): ApiRoute | undefined {
  if (second === 'campaigns' && method === 'GET') {
    return third === undefined ? 'campaigns' : 'campaign';
  }
  if (second === 'uploads' && method === 'POST') {
    return 'uploads';
  }
  if (second === 'jobs' && third !== undefined) {
    return method === 'GET' ? 'job' : method === 'DELETE' ? 'erase' : undefined;
  }
  return undefined;
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function refuse(
  response: ServerResponse,
  { status, code, detail, errors, retryAfterSeconds }: Refusal,
): void {
  const problem = problemSchema.parse({ type: `/problems/${code}`, title: code, status, detail, errors });
  response
    .writeHead(status, {
      'content-type': problemContentType,
      ...(retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }),
    })
    .end(JSON.stringify({ ...problem, instance: randomUUID() }));
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
