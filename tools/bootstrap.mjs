// Runs before `npm start` and `npm test`, under whatever Node (≥ 20) the machine has and before anything is installed: it may use nothing but Node itself.
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const root = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..');
const needs = new Set(process.argv.slice(2));

const say = (line) => process.stdout.write(`fanfare: ${line}\n`);

function fail(line) {
  process.stderr.write(`fanfare: ${line}\n`);
  process.exit(1);
}

const [major] = process.versions.node.split('.');
if (Number(major) < 20) {
  fail(`Node ${process.versions.node} is too old; Node 20 or newer is needed to start.`);
}

installPackages();
if (needs.has('redis')) {
  // A server of one's own (REDIS_URL) would not do: the stage sets one up as ElastiCache is, with TLS, cluster mode and users.
  provide('Redis', ['redis-server', 'valkey-server'], 'redis-server', false);
}
if (needs.has('chromium')) {
  provide('Chromium', ['chromium'], 'chromium', Boolean(process.env.CHROMIUM_PATH));
}

/** Exactly the lockfile, when node_modules is absent or not of this lockfile. npm records in node_modules what it installed. */
function installPackages() {
  const lockfile = join(root, 'package-lock.json');
  const installed = join(root, 'node_modules', '.package-lock.json');
  const isCurrent =
    existsSync(installed) &&
    statSync(installed).mtimeMs >= statSync(lockfile).mtimeMs &&
    existsSync(join(root, 'node_modules', '.bin', 'node'));
  if (isCurrent) {
    return;
  }
  say('installing the packages of the lockfile (npm ci) …');
  const npm = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: 'inherit',
    env: withoutOuterNpm(),
  });
  if (npm.status !== 0) {
    fail('npm ci failed; see above.');
  }
  if (!existsSync(join(root, 'node_modules', '.bin', 'node'))) {
    fail(
      'the npm package “node” has no binary for this machine; Node 24 on Linux x64 or arm64, or macOS, is needed.',
    );
  }
}

/** npm run sets variables that would confuse an npm inside it. */
function withoutOuterNpm() {
  return Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) =>
        !/^npm_(command|lifecycle|package|config_)/u.test(name) ||
        /registry|cache|userconfig|proxy/u.test(name),
    ),
  );
}

function isOnPath(command) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, command)));
}

function provide(name, commands, debianPackage, isGiven) {
  if (isGiven || commands.some(isOnPath)) {
    return;
  }
  if (process.getuid?.() !== 0 || !isOnPath('apt-get')) {
    fail(
      `${name} is missing: install it (Debian and Ubuntu: sudo apt-get install ${debianPackage}), then run the command again.`,
    );
  }
  say(`installing ${name} (apt-get install ${debianPackage}) …`);
  // The package lists of a fresh machine are empty or old: brought up to date only when the first try fails.
  const isInstalled =
    aptGet('install', '--no-install-recommends', debianPackage) ||
    (aptGet('update') && aptGet('install', '--no-install-recommends', debianPackage));
  if (!isInstalled) {
    fail(
      `apt-get could not install ${debianPackage}; see above. Install ${name} yourself, then run the command again.`,
    );
  }
}

function aptGet(...args) {
  const apt = spawnSync('apt-get', ['-y', '-qq', ...args], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  return apt.status === 0;
}
