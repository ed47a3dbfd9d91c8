import * as z from 'zod';
import { followed } from '../template/followed.ts';
import { apiMeter } from '../cloudwatch/service-metrics.ts';
import type { MetricStore } from '../cloudwatch/metric-store.ts';
import { HttpApi } from '../http/http-api.ts';
import { Throttle } from '../http/throttle.ts';
import type { LocalIssuer, TokenRule } from '../identity/local-issuer.ts';
import type { LambdaFunction } from '../lambda/lambda-function.ts';
import { keyOf, type Resource } from '../template/assembly.ts';
import { apiId, bucketName } from '../template/identities.ts';
import type { Intrinsics } from '../template/intrinsics.ts';
import type { SortedResources } from '../template/resource-types.ts';
import {
  distributionSchema,
  originRequestPolicySchema,
  responseHeadersPolicySchema,
} from './distribution.ts';
import { Edge, type EdgeOptions } from './edge.ts';

const corsSchema = followed({
  AllowOrigins: z.array(z.string()).optional(),
  AllowMethods: z.array(z.string()).optional(),
  AllowHeaders: z.array(z.string()).optional(),
  ExposeHeaders: z.array(z.string()).optional(),
  MaxAge: z.int().optional(),
});

const apiSchema = followed(
  {
    ProtocolType: z.literal('HTTP', { error: 'the local stage knows HTTP APIs only' }),
    CorsConfiguration: corsSchema.optional(),
  },
  ['Name', 'Description', 'Tags'],
);
const stageSchema = followed(
  {
    ApiId: z.string(),
    StageName: z.literal('$default', { error: 'the local stage knows the $default stage only' }),
    DefaultRouteSettings: z
      .looseObject({
        ThrottlingRateLimit: z.number().default(10_000),
        ThrottlingBurstLimit: z.number().default(5000),
      })
      .prefault({}),
  },
  ['AccessLogSettings', 'AutoDeploy', 'Tags'],
);
const routeSchema = followed({
  ApiId: z.string(),
  RouteKey: z.string(),
  Target: z.string(),
  AuthorizationType: z
    .enum(['NONE', 'JWT'], { error: 'the local stage has no authorizers but those of tokens' })
    .default('NONE'),
  AuthorizerId: z.string().optional(),
});
const authorizerSchema = followed(
  {
    AuthorizerType: z.literal('JWT', { error: 'the local stage has no authorizers but those of tokens' }),
    IdentitySource: z.tuple([z.literal('$request.header.Authorization')]),
    JwtConfiguration: z.object({ Issuer: z.string(), Audience: z.array(z.string()).min(1) }),
  },
  ['ApiId', 'Name'],
);
const integrationSchema = followed(
  {
    IntegrationType: z.literal('AWS_PROXY'),
    IntegrationUri: z.string(),
    PayloadFormatVersion: z.literal('2.0'),
  },
  ['ApiId'],
);

/** The template's HTTP APIs, by the key of the resource. */
export function createApis(options: {
  readonly resources: SortedResources;
  readonly intrinsics: Intrinsics;
  readonly functions: ReadonlyMap<string, LambdaFunction>;
  readonly account: string;
  readonly metrics: MetricStore;
  readonly issuer: LocalIssuer;
}): Map<string, HttpApi> {
  const { resources, intrinsics, functions, account, metrics, issuer } = options;
  const rules = tokenRules(resources, intrinsics);
  const idOf = (resource: Resource): string =>
    String(intrinsics.resolve({ Ref: resource.logicalId }, resource.stack));
  const integrations = new Map(
    resources.ofType('AWS::ApiGatewayV2::Integration').map((resource) => {
      const { IntegrationUri } = intrinsics.parse(resource, integrationSchema);
      const name = /function:([^:/]+)/u.exec(IntegrationUri)?.[1] ?? '';
      const fn = functions.get(name);
      if (fn === undefined) {
        throw new Error(
          `The integration ${resource.logicalId} calls ${IntegrationUri}, which is nowhere in the stage.`,
        );
      }
      return [`integrations/${idOf(resource)}`, fn] satisfies [string, LambdaFunction];
    }),
  );
  const routes = resources
    .ofType('AWS::ApiGatewayV2::Route')
    .map((resource) => intrinsics.parse(resource, routeSchema));
  const stages = resources
    .ofType('AWS::ApiGatewayV2::Stage')
    .map((resource) => intrinsics.parse(resource, stageSchema));
  return new Map(
    resources.ofType('AWS::ApiGatewayV2::Api').map((resource) => {
      const id = apiId(resource);
      const settings = stages.find(({ ApiId }) => ApiId === id)?.DefaultRouteSettings;
      return [
        keyOf(resource),
        new HttpApi({
          apiId: id,
          account,
          issuer,
          meter: apiMeter(metrics, id),
          cors: intrinsics.parse(resource, apiSchema).CorsConfiguration,
          throttle: new Throttle(
            settings?.ThrottlingRateLimit ?? 10_000,
            settings?.ThrottlingBurstLimit ?? 5000,
          ),
          routes: routes
            .filter(({ ApiId }) => ApiId === id)
            .map(({ RouteKey, Target, AuthorizationType, AuthorizerId }) => {
              const fn = integrations.get(Target);
              if (fn === undefined) {
                throw new Error(`The route ${RouteKey} leads to ${Target}, which is nowhere in the stage.`);
              }
              const rule = AuthorizationType === 'JWT' ? rules.get(AuthorizerId ?? '') : undefined;
              if (AuthorizationType === 'JWT' && rule === undefined) {
                throw new Error(`The route ${RouteKey} has an authorizer that is nowhere in the stage.`);
              }
              return { key: RouteKey, target: { fn, rule } };
            }),
        }),
      ];
    }),
  );
}

/** Whose tokens the template's authorizers take, by the authorizer's id. */
export const tokenRules = (resources: SortedResources, intrinsics: Intrinsics): Map<string, TokenRule> =>
  new Map(
    resources.ofType('AWS::ApiGatewayV2::Authorizer').map((resource) => {
      const { Issuer, Audience } = intrinsics.parse(resource, authorizerSchema).JwtConfiguration;
      const id = String(intrinsics.resolve({ Ref: resource.logicalId }, resource.stack));
      return [id, { issuer: Issuer, audience: Audience }];
    }),
  );

const policySchema = z.looseObject({
  Bucket: z.string(),
  PolicyDocument: z.looseObject({
    Statement: z.array(
      z.looseObject({
        Effect: z.string(),
        Principal: z.unknown(),
        Action: z.union([z.string(), z.array(z.string())]),
      }),
    ),
  }),
});

/** Buckets whose policy lets CloudFront list them: all of a bucket policy that the stage follows. */
const listableBuckets = (resources: SortedResources, intrinsics: Intrinsics): ReadonlySet<string> =>
  new Set(
    resources.ofType('AWS::S3::BucketPolicy').flatMap((resource) => {
      const { Bucket, PolicyDocument } = policySchema.parse(intrinsics.properties(resource));
      const mayList = PolicyDocument.Statement.some(
        ({ Effect, Principal, Action }) =>
          Effect === 'Allow' &&
          JSON.stringify(Principal).includes('cloudfront.amazonaws.com') &&
          [Action].flat().includes('s3:ListBucket'),
      );
      return mayList ? [Bucket] : [];
    }),
  );

/** The one distribution of the template, before everything. */
export function createEdge(options: {
  readonly resources: SortedResources;
  readonly intrinsics: Intrinsics;
  readonly apis: ReadonlyMap<string, HttpApi>;
  /** `host:port` of an API. */
  readonly apiAuthority: (api: Resource) => string;
  readonly awsEndpoint: string;
  readonly region: string;
  readonly issuer: EdgeOptions['issuer'];
}): Edge {
  const { resources, intrinsics, apis, apiAuthority, awsEndpoint, region, issuer } = options;
  const [distribution, ...others] = resources.ofType('AWS::CloudFront::Distribution');
  if (distribution === undefined || others.length > 0) {
    throw new Error(
      `The local stage serves one distribution; the template has ${others.length + (distribution ? 1 : 0)}.`,
    );
  }
  const idOf = (resource: Resource): string =>
    String(intrinsics.resolve({ Ref: resource.logicalId }, resource.stack));
  return new Edge({
    config: intrinsics.parse(distribution, distributionSchema).DistributionConfig,
    requestHeaders: new Map(
      resources.ofType('AWS::CloudFront::OriginRequestPolicy').map((policy) => {
        const { OriginRequestPolicyConfig } = intrinsics.parse(policy, originRequestPolicySchema);
        return [
          idOf(policy),
          {
            behaviour: OriginRequestPolicyConfig.HeadersConfig.HeaderBehavior,
            names: OriginRequestPolicyConfig.HeadersConfig.Headers.map((name) => name.toLowerCase()),
          },
        ];
      }),
    ),
    responseHeaders: new Map(
      resources
        .ofType('AWS::CloudFront::ResponseHeadersPolicy')
        .map((policy) => [
          idOf(policy),
          intrinsics.parse(policy, responseHeadersPolicySchema).ResponseHeadersPolicyConfig,
        ]),
    ),
    buckets: new Map(
      resources
        .ofType('AWS::S3::Bucket')
        .map((bucket) => [`${bucketName(bucket)}.s3.${region}.amazonaws.com`, bucketName(bucket)]),
    ),
    apis: new Map(
      resources.ofType('AWS::ApiGatewayV2::Api').flatMap((resource) => {
        const api = apis.get(keyOf(resource));
        return api === undefined ? [] : [[apiAuthority(resource), api]];
      }),
    ),
    listable: listableBuckets(resources, intrinsics),
    awsEndpoint,
    issuer,
  });
}
