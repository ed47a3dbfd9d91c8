import { Aspects, CfnResource, Stack, TagManager, Tags } from 'aws-cdk-lib';
import type { Construct, IConstruct } from 'constructs';
import type { PromiseDocument } from '../../functions/contracts/promise.ts';
import { config, type StageConfig } from '../config.ts';
import { NotOwned } from '../ownership/not-owned.ts';
import type { Stage } from '../stage.ts';

/** The stack of one service in one stage, for any account and region. Everything in it is tagged with whom it belongs to. */
export class OwnedStack extends Stack {
  /** What the service promises, and who owns it. */
  readonly service: PromiseDocument;
  readonly deploymentStage: Stage;
  readonly config: StageConfig;

  constructor(scope: Construct, service: PromiseDocument, stage: Stage) {
    const tags = {
      Service: service.service,
      Team: service.team,
      Product: service.product,
      Stage: stage,
    };
    super(scope, `fanfare-${stage}-${service.service}`, {
      description: `Fanfare, ${service.product}: ${service.description}`,
      tags,
      terminationProtection: config[stage].dataOutlivesStack,
    });
    this.service = service;
    this.deploymentStage = stage;
    this.config = config[stage];
    for (const [name, value] of Object.entries(tags)) {
      Tags.of(this).add(name, value);
    }
    Aspects.of(this).add({ visit: (node) => tagProvider(node, tags) });
  }

  /** The owner of `construct`. Throws when it has none: nothing is deployed that nobody answers for. */
  static owning(construct: Construct): OwnedStack {
    const stack = Stack.of(construct);
    if (!(stack instanceof OwnedStack)) {
      throw new NotOwned([
        {
          rule: 'unowned-construct',
          construct: construct.node.path,
          problem: `${construct.node.path} belongs to no service: nobody answers for it.`,
          mend: 'Create it in the OwnedStack of a service, in lib/stacks/.',
        },
      ]);
    }
    return stack;
  }
}

/** The CDK writes its own deployment functions as resources without types, which its tags pass over. */
function tagProvider(node: IConstruct, tags: Readonly<Record<string, string>>): void {
  if (
    node instanceof CfnResource &&
    providerTypes.has(node.cfnResourceType) &&
    TagManager.of(node) === undefined
  ) {
    node.addPropertyOverride(
      'Tags',
      Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
    );
  }
}

const providerTypes = new Set(['AWS::IAM::Role', 'AWS::Lambda::Function']);
