import { Duration } from 'aws-cdk-lib';
import {
  HeadersFrameOption,
  HeadersReferrerPolicy,
  ResponseHeadersPolicy,
  type ResponseHeadersPolicyProps,
} from 'aws-cdk-lib/aws-cloudfront';
import { Construct } from 'constructs';

export interface SiteHeadersProps {
  /** Origins that pages send uploads to. */
  readonly uploadsTo: readonly string[];
  /** Origins that pages ask for tokens. */
  readonly signsInAt: readonly string[];
}

const strictTransport = {
  accessControlMaxAge: Duration.days(730),
  includeSubdomains: true,
  override: true,
} as const;

/** The response headers that CloudFront adds, so that browsers help to keep the site what it is. */
export class SiteHeaders extends Construct {
  readonly forPages: ResponseHeadersPolicy;
  readonly forApis: ResponseHeadersPolicy;
  readonly forPictures: ResponseHeadersPolicy;

  constructor(scope: Construct, id: string, props: SiteHeadersProps) {
    super(scope, id);
    this.forPages = this.policy('Pages', {
      contentSecurityPolicy: {
        contentSecurityPolicy: contentSecurityPolicy([...props.uploadsTo, ...props.signsInAt]),
        override: true,
      },
      frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
      referrerPolicy: {
        referrerPolicy: HeadersReferrerPolicy.STRICT_ORIGIN_WHEN_CROSS_ORIGIN,
        override: true,
      },
    });
    // CORS is API Gateway's business: it knows the routes.
    this.forApis = this.policy('Apis', {});
    // A picture may be drawn on a canvas or fetched by the page of a campaign's own site.
    this.forPictures = this.policy(
      'Pictures',
      {},
      {
        accessControlAllowOrigins: ['*'],
        accessControlAllowHeaders: ['*'],
        accessControlAllowMethods: ['GET', 'HEAD'],
        accessControlAllowCredentials: false,
        originOverride: true,
      },
    );
  }

  private policy(
    id: string,
    behaviour: ResponseHeadersPolicyProps['securityHeadersBehavior'],
    corsBehavior?: ResponseHeadersPolicyProps['corsBehavior'],
  ): ResponseHeadersPolicy {
    return new ResponseHeadersPolicy(this, id, {
      securityHeadersBehavior: {
        contentTypeOptions: { override: true },
        strictTransportSecurity: strictTransport,
        ...behaviour,
      },
      ...(corsBehavior === undefined ? {} : { corsBehavior }),
    });
  }
}

/**
 * Everything from the site itself; pictures also from memory.
 *
 * @param talksTo other origins that pages talk to: uploads go straight to S3, people sign in at their issuer
 */
export const contentSecurityPolicy = (talksTo: readonly string[]): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self' blob: data:",
    "media-src 'self' blob:",
    `connect-src 'self' ${talksTo.join(' ')}`,
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
