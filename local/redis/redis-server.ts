import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { generate } from 'selfsigned';
import { freePort } from '../free-port.ts';

/** A user of the cache: its name and ElastiCache access string, which is a Redis ACL rule. */
export interface RedisUser {
  readonly name: string;
  readonly accessString: string;
}

export interface RedisServer {
  readonly host: string;
  readonly port: number;
  /** For NODE_EXTRA_CA_CERTS. */
  readonly certificateFile: string;
  /** Resolves when the cluster serves all its slots. */
  readonly ready: Promise<void>;
  /** A connection that may do everything; the caller ends it. */
  admin(): Redis;
  /** Ends the server process; what it held is lost. */
  down(): Promise<void>;
  /** Starts it again, empty, on the same port. */
  up(): Promise<void>;
  stop(): Promise<void>;
}

const host = '127.0.0.1';
const adminName = 'stage';

/**
 * A real Redis or Valkey, set up as ElastiCache Serverless is: TLS, cluster mode, no default user. IAM tokens are not checked: any password opens a user's
 * connection, with that user's access string.
 */
export async function startRedis(users: readonly RedisUser[]): Promise<RedisServer> {
  const binary = findBinary();
  const folder = await mkdtemp(path.join(tmpdir(), 'fanfare-redis-'));
  const password = randomUUID();
  const certificate = await generate([{ name: 'commonName', value: host }], {
    keySize: 2048,
    extensions: [
      {
        name: 'subjectAltName',
        altNames: [
          { type: 7, ip: host },
          { type: 2, value: 'localhost' },
        ],
      },
    ],
  });
  const certificateFile = path.join(folder, 'certificate.pem');
  await writeFile(certificateFile, certificate.cert);
  await writeFile(path.join(folder, 'key.pem'), certificate.private, { mode: 0o600 });
  await writeFile(
    path.join(folder, 'users.acl'),
    `user default off nopass nocommands\nuser ${adminName} on >${password} ~* &* +@all\n`,
  );

  const started = await startSomewhere(binary, folder);
  const { port } = started;
  let { child } = started;
  const admins = new Set<Redis>();
  const admin = (): Redis => {
    const client = new Redis({
      host,
      port,
      username: adminName,
      password,
      tls: { ca: certificate.cert },
      maxRetriesPerRequest: null,
    });
    admins.add(client);
    client.on('end', () => admins.delete(client));
    // It tries again by itself until it is disconnected.
    client.on('error', () => undefined);
    return client;
  };
  const up = async (): Promise<void> => {
    await rm(path.join(folder, 'nodes.conf'), { force: true });
    child = await startProcess(binary, folder, port);
    await setUp(admin(), users);
  };
  const down = async (): Promise<void> => {
    for (const client of admins) {
      client.disconnect();
    }
    if (child.exitCode === null && child.signalCode === null) {
      const exit = once(child, 'exit');
      child.stdin?.end();
      await exit;
    }
  };
  const ready = setUp(admin(), users);
  // Whoever waits for it sees the error; a stage that fails to start for another reason never does.
  ready.catch(() => undefined);
  return {
    host,
    port,
    certificateFile,
    ready,
    admin,
    up,
    down,
    stop: async () => {
      await down();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function findBinary(): string {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  for (const name of ['redis-server', 'valkey-server']) {
    const found = folders.map((folder) => path.join(folder, name)).find((file) => existsSync(file));
    if (found !== undefined) {
      return found;
    }
  }
  throw new Error(
    'Neither redis-server nor valkey-server is on the PATH. Install one: sudo apt-get install redis-server (Debian, Ubuntu), brew install redis (macOS).',
  );
}

/** The cluster bus listens 10,000 above the port. */
async function clusterPort(): Promise<number> {
  for (;;) {
    const port = await freePort();
    if (port < 55_000) {
      return port;
    }
  }
}

/** A port that was free a moment ago may be taken by now: another is tried then. */
async function startSomewhere(
  binary: string,
  folder: string,
): Promise<{ readonly child: ChildProcess; readonly port: number }> {
  for (let attempt = 1; ; attempt += 1) {
    const port = await clusterPort();
    try {
      return { port, child: await startProcess(binary, folder, port) };
    } catch (error) {
      const isTaken = error instanceof Error && /already in use|Failed listening/u.test(error.message);
      if (!isTaken || attempt === 5) {
        throw error;
      }
    }
  }
}

async function startProcess(binary: string, folder: string, port: number): Promise<ChildProcess> {
  const options: Readonly<Record<string, string>> = {
    bind: host,
    port: '0',
    'tls-port': String(port),
    'tls-cert-file': path.join(folder, 'certificate.pem'),
    'tls-key-file': path.join(folder, 'key.pem'),
    'tls-ca-cert-file': path.join(folder, 'certificate.pem'),
    'tls-auth-clients': 'no',
    'tls-cluster': 'yes',
    'cluster-enabled': 'yes',
    'cluster-require-full-coverage': 'no',
    'cluster-announce-ip': host,
    aclfile: path.join(folder, 'users.acl'),
    dir: folder,
    save: '',
    appendonly: 'no',
  };
  const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
  const child = spawn(process.execPath, ['-e', watchdog, binary, ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    // A terminal sends Ctrl-C to every process of its foreground group: when Redis ends is the stage's to say.
    detached: true,
  });
  let output = '';
  const collect = (chunk: Buffer): void => {
    output = `${output}${chunk.toString('utf8')}`.slice(-4000);
  };
  child.stderr.on('data', collect);
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      collect(chunk);
      if (output.includes('Ready to accept connections')) {
        resolve();
      }
    });
    child.on('exit', () => reject(new Error(`Redis did not start:\n${output}`)));
  });
  return child;
}

/** Runs Redis as its child and ends it when the pipe from the stage closes, which the system does however the stage ends. */
const watchdog = `
const { spawn } = require('node:child_process');
const child = spawn(process.argv[1], process.argv.slice(2), { stdio: ['ignore', 'inherit', 'inherit'] });
const end = () => child.kill('SIGKILL');
process.stdin.on('end', end).on('error', end).resume();
process.on('SIGTERM', end);
child.on('exit', (code) => process.exit(code ?? 1));
`;

async function setUp(admin: Redis, users: readonly RedisUser[]): Promise<void> {
  try {
    for (const { name, accessString } of users) {
      for (const rule of ['reset', 'nopass', ...accessString.split(/\s+/u)]) {
        await admin.acl('SETUSER', name, rule).catch(ignoreUnknownCommand);
      }
    }
    await admin.call('CLUSTER', 'ADDSLOTSRANGE', '0', '16383');
    while (!String(await admin.call('CLUSTER', 'INFO')).includes('cluster_state:ok')) {
      await pause(20);
    }
  } finally {
    admin.disconnect();
  }
}

/** ElastiCache's engine may know commands that an older local server does not: what it does not know need not be allowed. */
function ignoreUnknownCommand(error: unknown): void {
  if (!(error instanceof Error && error.message.includes('Unknown command or category name'))) {
    throw error;
  }
}
