import * as z from 'zod';
import type { Assembly, Resource } from './assembly.ts';

/** What `Ref` and `Fn::GetAtt` of a resource give. */
export interface Identity {
  readonly ref: string;
  readonly attributes: Readonly<Record<string, string>>;
}

export interface Environment {
  readonly account: string;
  readonly region: string;
  readonly identify: (resource: Resource) => Identity;
}

/** Evaluates CloudFormation's intrinsic functions. Whatever it does not know is an error that names the place. */
export class Intrinsics {
  readonly #assembly: Assembly;
  readonly #environment: Environment;

  constructor(assembly: Assembly, environment: Environment) {
    this.#assembly = assembly;
    this.#environment = environment;
  }

  /** `value` as it stands in the template of `stack`, with every intrinsic replaced. */
  resolve(value: unknown, stack: string): unknown {
    if (Array.isArray(value)) {
      return value.map((each: unknown) => this.resolve(each, stack)).filter((each) => each !== noValue);
    }
    if (typeof value !== 'object' || value === null) {
      return value;
    }
    const [entry, ...others] = Object.entries(value);
    if (entry !== undefined && others.length === 0 && (entry[0] === 'Ref' || entry[0].startsWith('Fn::'))) {
      return this.#apply(entry[0], entry[1], stack);
    }
    return Object.fromEntries(
      Object.entries(value)
        .map(([key, each]: [string, unknown]) => [key, this.resolve(each, stack)] as const)
        .filter(([, each]) => each !== noValue),
    );
  }

  /** The properties of a resource, resolved. */
  properties(resource: Resource): unknown {
    try {
      return this.resolve(resource.properties, resource.stack);
    } catch (error) {
      throw new Error(`The properties of ${resource.stack}/${resource.logicalId} cannot be resolved`, {
        cause: error,
      });
    }
  }

  /** The properties of a resource, resolved, as `schema` knows them. Throws, with the resource's name, what does not fit. */
  parse<Schema extends z.ZodType>(resource: Resource, schema: Schema): z.output<Schema> {
    const parsed = schema.safeParse(this.properties(resource));
    if (!parsed.success) {
      throw new Error(
        `${resource.type} ${resource.stack}/${resource.logicalId}: ${z.prettifyError(parsed.error)}`,
      );
    }
    return parsed.data;
  }

  /** The outputs of every stack, as `cdk deploy --outputs-file` writes them. */
  outputs(): Record<string, Record<string, string>> {
    return Object.fromEntries(
      this.#assembly.stacks.map(({ name, outputs }) => [
        name,
        Object.fromEntries(
          Object.keys(outputs)
            .filter((key) => !key.startsWith('PublishOutput'))
            .map((key) => [key, this.#output(name, key)]),
        ),
      ]),
    );
  }

  #apply(name: string, argument: unknown, stack: string): unknown {
    const given = name === 'Ref' || name === 'Fn::Sub' ? argument : this.resolve(argument, stack);
    switch (name) {
      case 'Ref':
        return this.#ref(text(given), stack);
      case 'Fn::GetAtt': {
        const [logicalId, ...attribute] =
          typeof given === 'string' ? given.split('.') : list(given).map(text);
        return this.#attribute(stack, logicalId ?? '', attribute.join('.'));
      }
      case 'Fn::Join': {
        const [separator, parts] = list(given);
        return list(parts).map(text).join(text(separator));
      }
      case 'Fn::Split': {
        const [separator, whole] = list(given);
        return text(whole).split(text(separator));
      }
      case 'Fn::Select': {
        const [index, values] = list(given);
        const selected = list(values)[Number(index)];
        if (selected === undefined) {
          throw new Error(`Fn::Select has no element ${String(index)} in ${JSON.stringify(values)}`);
        }
        return selected;
      }
      case 'Fn::Sub':
        return this.#substitute(given, stack);
      case 'Fn::GetAZs':
        return ['a', 'b', 'c'].map((zone) => `${this.#environment.region}${zone}`);
      case 'Fn::ImportValue':
        return this.#import(text(given));
      case 'Fn::GetStackOutput': {
        const { StackName, OutputName } = record(given);
        return this.#output(text(StackName), text(OutputName));
      }
      default:
        throw new Error(`The local stage does not know ${name}`);
    }
  }

  #ref(target: string, stack: string): unknown {
    const { account, region } = this.#environment;
    const pseudo: Readonly<Record<string, unknown>> = {
      'AWS::AccountId': account,
      'AWS::Region': region,
      'AWS::Partition': 'aws',
      'AWS::URLSuffix': 'amazonaws.com',
      'AWS::StackName': stack,
      'AWS::StackId': `arn:aws:cloudformation:${region}:${account}:stack/${stack}/${stackGuid(stack)}`,
      'AWS::NoValue': noValue,
    };
    return target in pseudo ? pseudo[target] : this.#environment.identify(this.#resource(stack, target)).ref;
  }

  #attribute(stack: string, logicalId: string, attribute: string): string {
    const value = this.#environment.identify(this.#resource(stack, logicalId)).attributes[attribute];
    if (value === undefined) {
      throw new Error(`The local stage does not know the attribute ${attribute} of ${stack}/${logicalId}`);
    }
    return value;
  }

  #substitute(given: unknown, stack: string): string {
    const [template, variables] = typeof given === 'string' ? [given, {}] : list(given);
    const named = record(variables);
    return text(template).replaceAll(/\$\{(!?)([^}]+)\}/gu, (_whole, literal: string, name: string) => {
      if (literal === '!') {
        return `\${${name}}`;
      }
      if (name in named) {
        return text(this.resolve(named[name], stack));
      }
      const [logicalId = '', ...attribute] = name.split('.');
      return attribute.length === 0
        ? text(this.#ref(name, stack))
        : this.#attribute(stack, logicalId, attribute.join('.'));
    });
  }

  #output(stack: string, name: string): string {
    const outputs = this.#assembly.stacks.find((each) => each.name === stack)?.outputs ?? {};
    if (!(name in outputs)) {
      throw new Error(`There is no output ${name} of the stack ${stack}`);
    }
    return text(this.resolve(outputs[name], stack));
  }

  #import(name: string): string {
    for (const stack of this.#assembly.stacks) {
      for (const [output, exportName] of Object.entries(stack.exports)) {
        if (this.resolve(exportName, stack.name) === name) {
          return this.#output(stack.name, output);
        }
      }
    }
    throw new Error(`No stack exports ${name}`);
  }

  #resource(stack: string, logicalId: string): Resource {
    const resource = this.#assembly.stacks.find(({ name }) => name === stack)?.resources.get(logicalId);
    if (resource === undefined) {
      throw new Error(`There is no resource ${logicalId} in the stack ${stack}`);
    }
    return resource;
  }
}

const noValue = Symbol('AWS::NoValue');

/** Fixed for a stack, so that what is derived from it survives a restart of the local stage. */
const stackGuid = (stack: string): string =>
  Buffer.from(stack.padEnd(16, '-'))
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/u, '$1-$2-$3-$4-$5');

function text(value: unknown): string {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    return String(value);
  }
  throw new Error(`A text was expected, not ${JSON.stringify(value)}`);
}

function list(value: unknown): unknown[] {
  if (Array.isArray(value)) {
    return value;
  }
  throw new Error(`A list was expected, not ${JSON.stringify(value)}`);
}

function record(value: unknown): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return Object.fromEntries(Object.entries(value));
  }
  throw new Error(`An object was expected, not ${JSON.stringify(value)}`);
}
