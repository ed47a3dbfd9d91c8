import type { PromiseDocument } from '../../functions/contracts/promise.ts';
import type { Stage } from '../stage.ts';
import { stackFileOf } from './finding.ts';
import { Assembly, at, type Resource, type StackTemplate, tagsOf } from './assembly.ts';

/** All that is judged of a synthesis. */
export interface Synthesis {
  readonly stage: Stage;
  readonly stacks: readonly StackTemplate[];
  readonly documents: readonly PromiseDocument[];
  /** Of docs/runbook.md: `personalise/render-errors`. */
  readonly headings: readonly string[];
}

/** A synthesis with what rules ask of it more than once. */
export class Synthesized {
  readonly stage: Stage;
  readonly documents: readonly PromiseDocument[];
  readonly headings: ReadonlySet<string>;
  readonly assembly: Assembly;
  /** The functions that run code of services: all but the CDK's own. */
  readonly functions: readonly Resource[];
  private readonly owners: ReadonlyMap<string, PromiseDocument>;

  constructor({ stage, stacks, documents, headings }: Synthesis) {
    this.stage = stage;
    this.documents = documents;
    this.headings = new Set(headings);
    this.assembly = new Assembly(stacks);
    this.owners = new Map(documents.map((document) => [`fanfare-${stage}-${document.service}`, document]));
    const providers = providersIn(this.assembly);
    this.functions = this.assembly.ofType('AWS::Lambda::Function').filter((each) => !providers.has(each));
  }

  /** The service whose stack a resource is in; undefined outside of services. */
  ownerOf({ stack }: Pick<Resource, 'stack'>): PromiseDocument | undefined {
    return this.owners.get(stack);
  }

  /** Where a resource is created. */
  fileOf(resource: Pick<Resource, 'stack'>): string {
    const owner = this.ownerOf(resource);
    return owner === undefined ? 'lib/stacks/' : stackFileOf(owner.service);
  }

  stackOf({ service }: PromiseDocument): string {
    return `fanfare-${this.stage}-${service}`;
  }
}

/** What an owned function is called: its handler's file. undefined, when it was not made by OwnedFunction. */
export const nameOf = (fn: Resource): string | undefined => tagsOf(fn).get('Function');

/**
 * The CDK's own functions: what stands behind custom resources, and runs during deployments only. One that was made as a service's is the service's, whatever
 * invokes it.
 */
function providersIn(assembly: Assembly): ReadonlySet<Resource> {
  return new Set(
    assembly.resources
      .filter(({ type }) => type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource')
      .flatMap((resource) => assembly.functionsBehind(resource, at(resource.properties, 'ServiceToken')))
      .filter((fn) => nameOf(fn) === undefined),
  );
}
