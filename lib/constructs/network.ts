import { Aws, RemovalPolicy } from 'aws-cdk-lib';
import {
  FlowLogDestination,
  FlowLogTrafficType,
  GatewayVpcEndpointAwsService,
  IpAddresses,
  Peer,
  Port,
  SecurityGroup,
  SubnetType,
  Vpc,
} from 'aws-cdk-lib/aws-ec2';
import { AnyPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { OwnedStack } from '../stacks/owned-stack.ts';

/** TLS to the cache: 6379 is the primary, 6380 reads from replicas. */
const cachePorts = Port.tcpRange(6379, 6380);

/**
 * Two zones of isolated subnets: what runs here reaches the cache and, through a gateway endpoint, the account's own buckets; nothing else, in neither
 * direction. No gateway, address or endpoint in it costs anything when idle.
 */
export class Network extends Construct {
  readonly vpc: Vpc;
  /** Worn by functions that use the cache. */
  readonly clients: SecurityGroup;
  /** Worn by the cache. */
  readonly cache: SecurityGroup;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.vpc = new Vpc(this, 'Vpc', {
      ipAddresses: IpAddresses.cidr('10.20.0.0/16'),
      maxAzs: 2,
      natGateways: 0,
      subnetConfiguration: [{ name: 'Isolated', subnetType: SubnetType.PRIVATE_ISOLATED, cidrMask: 20 }],
      restrictDefaultSecurityGroup: true,
    });
    this.reachOwnBuckets();
    this.logRejectedTraffic();

    this.clients = new SecurityGroup(this, 'Clients', {
      vpc: this.vpc,
      description: 'Functions that use the cache',
      allowAllOutbound: false,
    });
    this.cache = new SecurityGroup(this, 'Cache', {
      vpc: this.vpc,
      description: 'The cache',
      allowAllOutbound: false,
    });
    this.clients.addEgressRule(this.cache, cachePorts, 'The cache');
    // The prefix list of S3 has another id in every region; the subnets route nothing but S3 out of the VPC anyway.
    this.clients.addEgressRule(Peer.anyIpv4(), Port.tcp(443), 'S3, by the gateway endpoint');
    this.cache.addIngressRule(this.clients, cachePorts, 'Functions that use the cache');
  }

  private reachOwnBuckets(): void {
    const endpoint = this.vpc.addGatewayEndpoint('S3', { service: GatewayVpcEndpointAwsService.S3 });
    endpoint.addToPolicy(
      new PolicyStatement({
        principals: [new AnyPrincipal()],
        actions: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:ListBucket'],
        resources: ['*'],
        conditions: { StringEquals: { 'aws:ResourceAccount': Aws.ACCOUNT_ID } },
      }),
    );
  }

  /** Refusals only: they show a wrong rule or a function that misbehaves, and an idle network writes none. */
  private logRejectedTraffic(): void {
    const logGroup = new LogGroup(this, 'RejectedTraffic', {
      retention: OwnedStack.owning(this).config.logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.vpc.addFlowLog('Rejected', {
      trafficType: FlowLogTrafficType.REJECT,
      destination: FlowLogDestination.toCloudWatchLogs(logGroup),
    });
  }
}
