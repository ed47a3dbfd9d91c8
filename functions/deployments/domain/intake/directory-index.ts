import { createHash } from 'node:crypto';
import type { Connection, DirectoryService, ServiceDirectory } from '../../../contracts/service-directory.ts';

/** What is known of a change's place, to tell whose it is. */
interface RepositoryPlace {
  /** `github.com/acme/shop`, or a URL of it. */
  readonly address: string;
  /** What the sender calls the service, if it does. */
  readonly service?: string | undefined;
  /** Files that changed. @default not known */
  readonly files?: readonly string[] | undefined;
}

/** Finds services of a directory by what tools call them. */
export class DirectoryIndex {
  readonly #services: ReadonlyMap<string, DirectoryService>;
  readonly #connections: ReadonlyMap<string, Connection>;
  readonly #byRepository: ReadonlyMap<string, readonly DirectoryService[]>;
  readonly #byPagerDuty: ReadonlyMap<string, string>;
  readonly #artifacts: readonly (readonly [string, string])[];
  readonly #aws: readonly (readonly [RegExp, string])[];

  constructor({ services, connections }: ServiceDirectory) {
    this.#services = new Map(services.map((each) => [each.id, each]));
    this.#connections = new Map(connections.map((each) => [each.id, each]));
    const placed = services.flatMap((each) =>
      each.repositories.map(({ address }) => [normalAddress(address), each] as const),
    );
    this.#byRepository = new Map(
      [...Map.groupBy(placed, ([address]) => address)].map(([address, found]) => [
        address,
        [...new Set(found.map(([, each]) => each))],
      ]),
    );
    this.#byPagerDuty = new Map(services.flatMap(({ id, pagerDuty }) => pagerDuty.map((each) => [each, id])));
    this.#artifacts = services.flatMap(({ id, artifacts }) => artifacts.map((each) => [each, id] as const));
    this.#aws = services
      .flatMap(({ id, aws }) => aws.map((pattern) => [pattern, id] as const))
      // The longest says most: fanfare-{environment}-render-api before fanfare-{environment}-render.
      .toSorted(([a], [b]) => b.length - a.length)
      .map(([pattern, id]) => [toExpression(pattern), id] as const);
  }

  connection(id: string): Connection | undefined {
    return this.#connections.get(id);
  }

  service(id: string): DirectoryService | undefined {
    return this.#services.get(id);
  }

  /** Whom a change of a repository concerns; nobody when the repository is in no service's entry. */
  ofRepository({ address, service, files }: RepositoryPlace): string[] {
    const all = this.#byRepository.get(normalAddress(address)) ?? [];
    const named = all.filter(({ id }) => id === service);
    const found =
      named.length > 0 ? named : files === undefined ? all : all.filter(touchedBy(address, files));
    return found.map(({ id }) => id);
  }

  ofPagerDuty(id: string): string | undefined {
    return this.#byPagerDuty.get(id);
  }

  ofArtifact(packageUrl: string): string | undefined {
    return this.#artifacts.find(
      ([prefix]) => packageUrl.startsWith(prefix) && /^(?:$|[@?#])/u.test(packageUrl.slice(prefix.length)),
    )?.[1];
  }

  /** Whose a stack, function or alarm is, and in which environment, by its name. */
  ofAws(name: string): { readonly service: string; readonly environment: string | undefined } | undefined {
    for (const [expression, service] of this.#aws) {
      const match = expression.exec(name);
      if (match !== null) {
        return { service, environment: match.groups?.['environment'] };
      }
    }
    return undefined;
  }
}

export const maySpeakFor = ({ services }: Connection, service: string): boolean =>
  services.some((pattern) =>
    pattern.endsWith('*') ? service.startsWith(pattern.slice(0, -1)) : service === pattern,
  );

/** What a tool calls a service, as an id: of its own alphabet it stays, else it is shortened, with a digest so that two do not become one. */
export function toServiceId(text: string): string {
  if (/^[A-Za-z0-9][\w.-]{0,99}$/u.test(text)) {
    return text;
  }
  const readable = text
    .replaceAll(/[^\w.-]+/gu, '-')
    .replaceAll(/^[^A-Za-z0-9]+|-+$/gu, '')
    .slice(0, 80);
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 8);
  return readable === '' ? `service-${digest}` : `${readable}-${digest}`;
}

/** `https://github.com/Acme/shop.git` is `github.com/acme/shop`. */
export const normalAddress = (address: string): string =>
  address
    .replace(/^[a-z+]+:\/\//iu, '')
    .replace(/^[^@/]*@/u, '')
    .replace(/^([\w.-]+):(?!\d)/u, '$1/')
    .replace(/(?:\.git)?\/?$/u, '')
    .toLowerCase();

const touchedBy =
  (address: string, files: readonly string[]) =>
  ({ repositories }: DirectoryService): boolean =>
    repositories.some(
      (each) =>
        normalAddress(each.address) === normalAddress(address) &&
        (each.path === undefined || files.some((file) => `${file}/`.startsWith(`${each.path}/`))),
    );

const toExpression = (pattern: string): RegExp =>
  new RegExp(
    `^${pattern
      .split('{environment}')
      .map((part) => part.replaceAll(/[$()*+./?[\\\]^{|}]/gu, String.raw`\$&`))
      .join('(?<environment>[A-Za-z0-9]+)')}(?:$|[-/_.:])`,
    'u',
  );
