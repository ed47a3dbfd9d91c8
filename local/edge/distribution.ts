import * as z from 'zod';
import { followed } from '../template/followed.ts';

const behaviourSchema = followed(
  {
    PathPattern: z.string().default('*'),
    TargetOriginId: z.string(),
    AllowedMethods: z.array(z.string()).default(['GET', 'HEAD']),
    OriginRequestPolicyId: z.string().optional(),
    ResponseHeadersPolicyId: z.string().optional(),
  },
  ['CachePolicyId', 'Compress', 'ViewerProtocolPolicy'],
);
export type Behaviour = z.infer<typeof behaviourSchema>;

const originSchema = followed(
  {
    Id: z.string(),
    DomainName: z.string(),
    OriginCustomHeaders: z
      .array(z.looseObject({ HeaderName: z.string(), HeaderValue: z.string() }))
      .default([]),
  },
  ['CustomOriginConfig', 'OriginAccessControlId', 'S3OriginConfig'],
);
export type Origin = z.infer<typeof originSchema>;

/** The properties of `AWS::CloudFront::Distribution` that the local edge follows. Caching it leaves to browsers. */
export const distributionSchema = followed(
  {
    DistributionConfig: followed(
      {
        DefaultRootObject: z.string().optional(),
        DefaultCacheBehavior: behaviourSchema,
        CacheBehaviors: z.array(behaviourSchema).default([]),
        Origins: z.array(originSchema),
        CustomErrorResponses: z
          .array(
            z.looseObject({
              ErrorCode: z.int(),
              ResponseCode: z.int().optional(),
              ResponsePagePath: z.string().optional(),
            }),
          )
          .default([]),
      },
      ['Comment', 'Enabled', 'HttpVersion', 'IPV6Enabled', 'Logging', 'PriceClass'],
    ),
  },
  ['Tags'],
);
export type DistributionConfig = z.infer<typeof distributionSchema>['DistributionConfig'];

export const originRequestPolicySchema = z.looseObject({
  OriginRequestPolicyConfig: z.looseObject({
    CookiesConfig: z.looseObject({
      CookieBehavior: z.literal('none', { error: 'the local edge passes no cookies' }),
    }),
    QueryStringsConfig: z.looseObject({
      QueryStringBehavior: z.literal('all', { error: 'the local edge passes whole query strings' }),
    }),
    HeadersConfig: z.looseObject({
      HeaderBehavior: z.enum(['none', 'whitelist', 'allExcept'], {
        error: 'the local edge knows the header behaviours none, whitelist and allExcept',
      }),
      Headers: z.array(z.string()).default([]),
    }),
  }),
});

const flagged = <Schema extends z.ZodRawShape>(shape: Schema) => z.looseObject(shape).optional();

export const responseHeadersPolicySchema = z.looseObject({
  ResponseHeadersPolicyConfig: z.looseObject({
    SecurityHeadersConfig: flagged({
      ContentSecurityPolicy: flagged({ ContentSecurityPolicy: z.string() }),
      ContentTypeOptions: flagged({}),
      FrameOptions: flagged({ FrameOption: z.string() }),
      ReferrerPolicy: flagged({ ReferrerPolicy: z.string() }),
    }),
    CorsConfig: flagged({ AccessControlAllowOrigins: z.looseObject({ Items: z.array(z.string()) }) }),
    CustomHeadersConfig: flagged({
      Items: z.array(z.looseObject({ Header: z.string(), Value: z.string() })),
    }),
  }),
});
export type ResponseHeadersPolicy = z.infer<
  typeof responseHeadersPolicySchema
>['ResponseHeadersPolicyConfig'];

/** The first behaviour whose pattern (`*` any characters, `?` one) fits the path, in the distribution's order. */
export const behaviourOf = (config: DistributionConfig, path: string): Behaviour =>
  config.CacheBehaviors.find(({ PathPattern }) => toExpression(PathPattern).test(path)) ??
  config.DefaultCacheBehavior;

const expressions = new Map<string, RegExp>();

function toExpression(pattern: string): RegExp {
  const known = expressions.get(pattern);
  if (known !== undefined) {
    return known;
  }
  const escaped = pattern.replaceAll(/[.+^${}()|[\]\\]/gu, String.raw`\$&`);
  const expression = new RegExp(
    `^/?${escaped.replace(/^\//u, '').replaceAll('*', '.*').replaceAll('?', '.')}$`,
    'u',
  );
  expressions.set(pattern, expression);
  return expression;
}

/** The headers that a policy adds to answers. HSTS is left out: the local site is plain HTTP. */
export function headersOf(policy: ResponseHeadersPolicy | undefined): Record<string, string> {
  const security = policy?.SecurityHeadersConfig;
  const entries: (readonly [string, string | undefined])[] = [
    ['content-security-policy', security?.ContentSecurityPolicy?.ContentSecurityPolicy],
    ['x-content-type-options', security?.ContentTypeOptions === undefined ? undefined : 'nosniff'],
    ['x-frame-options', security?.FrameOptions?.FrameOption],
    ['referrer-policy', security?.ReferrerPolicy?.ReferrerPolicy],
    ['access-control-allow-origin', policy?.CorsConfig?.AccessControlAllowOrigins.Items[0]],
    ...(policy?.CustomHeadersConfig?.Items ?? []).map(
      ({ Header, Value }) => [Header.toLowerCase(), Value] as const,
    ),
  ];
  return Object.fromEntries(entries.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}
