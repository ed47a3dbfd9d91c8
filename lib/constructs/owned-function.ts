import path from 'node:path';
import { Aws, type Duration, RemovalPolicy, Tags } from 'aws-cdk-lib';
import { SubnetType } from 'aws-cdk-lib/aws-ec2';
import { Effect, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  Code,
  Function as LambdaFunction,
  type ILayerVersion,
  LoggingFormat,
  Runtime,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { z } from 'zod';
import { functionName, logGroupName } from '../../functions/contracts/place-links.ts';
import { OwnedStack } from '../stacks/owned-stack.ts';
import { acknowledge } from './acknowledge.ts';
import type { CacheAccess } from './cache-access.ts';

/** Exactly the variables of `Schema`, as text. */
export type Environment<Schema extends z.ZodObject> = Readonly<Record<keyof z.input<Schema>, string>>;

export interface OwnedFunctionProps<Schema extends z.ZodObject> {
  /** The handler's file name without its extension: `render` is `functions/<service>/render.ts`. */
  readonly name: string;
  readonly description: string;
  readonly memoryMb: number;
  readonly timeout: Duration;
  /** What the function parses its environment with. */
  readonly schema: Schema;
  /** A missing or an extra variable does not compile. */
  readonly environment: Environment<NoInfer<Schema>>;
  /** Other than arm64 only where a native library has no build for it. @default arm64 */
  readonly architecture?: Architecture;
  /** Places the function in the network and lets it use the cache. @default outside the network */
  readonly cache?: CacheAccess;
  readonly layers?: readonly ILayerVersion[];
  /** Variables that the runtime or a native library reads, not the function. @default none */
  readonly runtimeEnvironment?: Readonly<Record<string, string>>;
}

/** A Lambda function of one service: prebuilt bundle, own log group with a retention, a role that can do what was granted and nothing else. */
export class OwnedFunction<Schema extends z.ZodObject = z.ZodObject> extends Construct {
  readonly name: string;
  readonly timeout: Duration;
  readonly memoryMb: number;
  readonly lambda: LambdaFunction;
  private readonly role: Role;
  #maxConcurrency: number | undefined;

  constructor(scope: Construct, id: string, props: OwnedFunctionProps<Schema>) {
    super(scope, id);
    this.name = props.name;
    this.timeout = props.timeout;
    this.memoryMb = props.memoryMb;
    const { service: owner, config, deploymentStage } = OwnedStack.owning(this);
    const service = owner.service;
    const logGroup = new LogGroup(this, 'Log', {
      logGroupName: logGroupName(deploymentStage, service, props.name),
      retention: config.logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    this.grant(['logs:CreateLogStream', 'logs:PutLogEvents'], [logGroup.logGroupArn]);
    if (props.cache !== undefined) {
      this.joinNetwork();
      this.grant(['elasticache:Connect'], props.cache.connectTo);
    }
    this.lambda = new LambdaFunction(this, 'Function', {
      functionName: functionName(deploymentStage, service, props.name),
      description: props.description,
      runtime: Runtime.NODEJS_24_X,
      architecture: props.architecture ?? Architecture.ARM_64,
      code: Code.fromAsset(path.join(import.meta.dirname, '../../build/functions', service, props.name)),
      handler: 'index.handler',
      memorySize: props.memoryMb,
      timeout: props.timeout,
      role: this.role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      layers: [...(props.layers ?? [])],
      environment: {
        POWERTOOLS_SERVICE_NAME: service,
        POWERTOOLS_METRICS_NAMESPACE: `Fanfare/${service}`,
        POWERTOOLS_LOG_LEVEL: 'INFO',
        ...props.runtimeEnvironment,
        ...props.environment,
      },
      ...(props.cache === undefined
        ? {}
        : {
            vpc: props.cache.vpc,
            vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED },
            securityGroups: [props.cache.securityGroup],
          }),
    });
    Tags.of(this).add('Function', props.name);
    // Without its permissions the first invocations of a new function would fail.
    this.lambda.node.addDependency(this.role);
  }

  /** Invocations at the same time, at most. @default as many as the account has left */
  get maxConcurrency(): number | undefined {
    return this.#maxConcurrency;
  }

  /** Tells that whatever invokes the function keeps to `maxConcurrency`. */
  limitConcurrency(maxConcurrency: number): void {
    this.#maxConcurrency = maxConcurrency;
  }

  /** Lets the function do `actions` on `resources`. */
  grant(actions: readonly string[], resources: readonly string[]): void {
    this.role.addToPolicy(new PolicyStatement({ actions: [...actions], resources: [...resources] }));
  }

  /** Accepts a finding of cdk-nag on what this function may do. */
  acknowledgePermission(rule: string, reason: string): void {
    acknowledge(this.role, rule, reason);
  }

  /** Lambda makes the network interfaces with the function's role; the function's own code is denied the same calls. */
  private joinNetwork(): void {
    const actions = [
      'ec2:CreateNetworkInterface',
      'ec2:DescribeNetworkInterfaces',
      'ec2:DescribeSubnets',
      'ec2:DeleteNetworkInterface',
      'ec2:AssignPrivateIpAddresses',
      'ec2:UnassignPrivateIpAddresses',
    ];
    this.grant(actions, ['*']);
    this.role.addToPolicy(
      new PolicyStatement({
        effect: Effect.DENY,
        actions,
        resources: ['*'],
        conditions: {
          ArnLike: {
            'lambda:SourceFunctionArn': `arn:${Aws.PARTITION}:lambda:${Aws.REGION}:${Aws.ACCOUNT_ID}:function:*`,
          },
        },
      }),
    );
    this.acknowledgePermission(
      'IAM5[Resource::*]',
      'Lambda attaches the function to the VPC with these calls, which EC2 does not authorise by resource; a deny on lambda:SourceFunctionArn keeps the function’s own code from making them.',
    );
  }
}
