import { statementsOf, type Template } from './templates.ts';

/** What the function with the construct id `id` may do, as `action on resource`, resources by the logical ids that they name. */
export const grantsOf = (template: Template, id: string): string[] =>
  statementsOf(template)
    .filter(({ owner, effect }) => owner.startsWith(`${id}Role`) && effect === 'Allow')
    .flatMap(({ actions, resources }) =>
      actions.flatMap((action) => resources.map((resource) => `${action} on ${nameOf(resource)}`)),
    );

/** A resource of a policy in one line. */
export const nameOf = (resource: unknown): string =>
  JSON.stringify(resource)
    .replaceAll(/\{"Fn::GetAtt":\["(\w+?)[0-9A-F]{8}","Arn"\]\}/gu, '$1')
    .replaceAll(/\{"Ref":"AWS::(\w+)"\}/gu, '$1')
    .replaceAll(/\{"Fn::Join":\["",\[(.*?)\]\]\}/gu, '$1')
    .replaceAll(/[",]/gu, '');

/** What Lambda needs to place a function in the network. */
export const network: readonly string[] = [
  'AssignPrivateIpAddresses',
  'CreateNetworkInterface',
  'DeleteNetworkInterface',
  'DescribeNetworkInterfaces',
  'DescribeSubnets',
  'UnassignPrivateIpAddresses',
].map((action) => `ec2:${action} on *`);

/** What a function needs to be in the network, and to use the cache as the service `service`. */
export const inNetwork = (service: string): string[] => [
  ...network,
  ...['serverlesscache:fanfare-dev', `user:fanfare-dev-${service}`].map(
    (name) => `elasticache:Connect on arn:Partition:elasticache:Region:AccountId:${name}`,
  ),
];

/** What every function may do. */
export const logs = (id: string): string[] => [
  `logs:CreateLogStream on ${id}Log`,
  `logs:PutLogEvents on ${id}Log`,
];
export const on = (bucket: string, prefix: string, ...actions: string[]): string[] =>
  actions.map((action) => `s3:${action} on ${bucket}Bucket/${prefix}*`);
export const list = (bucket: string): string => `s3:ListBucket on ${bucket}Bucket`;
