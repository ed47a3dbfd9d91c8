import path from 'node:path';
import { Annotations, CfnOutput, Duration, Fn } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AllowedMethods,
  type BehaviorOptions,
  CachePolicy,
  Distribution,
  HttpVersion,
  type IOrigin,
  OriginRequestCookieBehavior,
  OriginRequestHeaderBehavior,
  OriginRequestPolicy,
  OriginRequestQueryStringBehavior,
  PriceClass,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { CacheControl } from 'aws-cdk-lib/aws-s3-deployment';
import type { Construct } from 'constructs';
import type { Stage } from '../stage.ts';
import { AccessLogs } from '../constructs/access-logs.ts';
import { acknowledge } from '../constructs/acknowledge.ts';
import { Every } from '../constructs/every.ts';
import { OwnedFunction } from '../constructs/owned-function.ts';
import { PrivateBucket } from '../constructs/private-bucket.ts';
import { PublishedFolder } from '../constructs/published-folder.ts';
import type { ServiceApi } from '../constructs/service-api.ts';
import { SiteHeaders } from '../constructs/site-headers.ts';
import { type SignInSettings, signInSettingsPath } from '../../functions/contracts/sign-in-settings.ts';
import { probeEnv } from '../../functions/console/env.ts';
import { services } from '../../functions/promises.ts';
import type { DeploymentsStack } from './deployments.ts';
import type { FoundationStack } from './foundation.ts';
import { OwnedStack } from './owned-stack.ts';
import { type PersonaliseStack, servedPrefixes } from './personalise.ts';
import { type StudioStack, studioPrefixes } from './studio.ts';

/** Where Vite puts the files that carry a hash of their content in their names. */
const hashedFiles = 'assets';
const siteFolder = path.join(import.meta.dirname, '../../build/console');

/** One address for everything: the pages, the services' APIs and the pictures they made. */
export class ConsoleStack extends OwnedStack {
  constructor(
    scope: Construct,
    stage: Stage,
    foundation: FoundationStack,
    {
      personalise,
      studio,
      deployments,
    }: {
      readonly personalise: PersonaliseStack;
      readonly studio: StudioStack;
      readonly deployments: DeploymentsStack;
    },
  ) {
    super(scope, services.console, stage);
    const accessLogs = new AccessLogs(this, 'AccessLogs', { forCloudFront: true }).bucket;
    const pages = new PrivateBucket(this, 'Pages', { accessLogs });
    const { site, signIn } = this.config;
    const headers = new SiteHeaders(this, 'Headers', {
      signsInAt: [new URL(signIn.issuer).origin, ...(signIn.tokensFrom ?? [])],
      uploadsTo: [personalise, studio].map(
        ({ uploads }) => `https://${uploads.bucket.bucketRegionalDomainName}`,
      ),
    });

    const picturesOf = (id: string, bucket: PrivateBucket): BehaviorOptions => ({
      origin: this.importedBucketOrigin(id, bucket),
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      cachePolicy: CachePolicy.CACHING_OPTIMIZED,
      responseHeadersPolicy: headers.forPictures,
      compress: false,
    });
    const originRequestPolicy = this.apiRequestPolicy();
    const apiOf = (api: ServiceApi): BehaviorOptions => ({
      origin: this.apiOrigin(api, foundation.edgeToken),
      viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
      allowedMethods: AllowedMethods.ALLOW_ALL,
      cachePolicy: CachePolicy.CACHING_DISABLED,
      originRequestPolicy,
      responseHeadersPolicy: headers.forApis,
    });

    const distribution = new Distribution(this, 'Distribution', {
      comment: `Fanfare ${stage}`,
      httpVersion: HttpVersion.HTTP2_AND_3,
      priceClass: PriceClass.PRICE_CLASS_ALL,
      ...(site === undefined
        ? {}
        : {
            domainNames: [site.domainName],
            minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
            certificate: Certificate.fromCertificateArn(this, 'Certificate', site.certificateArn),
          }),
      logBucket: accessLogs,
      logFilePrefix: 'cloudfront/',
      logIncludesCookies: false,
      defaultRootObject: 'index.html',
      defaultBehavior: {
        origin: S3BucketOrigin.withOriginAccessControl(pages.bucket),
        viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        cachePolicy: CachePolicy.CACHING_OPTIMIZED,
        responseHeadersPolicy: headers.forPages,
      },
      // CloudFront takes the first that matches.
      additionalBehaviors: {
        [`/${servedPrefixes.results}*`]: picturesOf('ResultsBucket', personalise.results),
        [`/${servedPrefixes.previews}*`]: picturesOf('AssetsBucket', personalise.assets),
        '/personalise/*': apiOf(personalise.api),
        [`/${studioPrefixes.results}*`]: picturesOf('StudioResultsBucket', studio.results),
        [`/${studioPrefixes.library}*`]: picturesOf('StudioAssetsBucket', studio.assets),
        '/studio/*': apiOf(studio.api),
        '/deployments/*': { ...apiOf(deployments.api), originRequestPolicy: this.signedRequestPolicy() },
      },
    });
    this.acknowledgeFindings(distribution);
    this.publishPages(pages);
    const url = `https://${site?.domainName ?? distribution.domainName}`;
    this.probe(url);
    new CfnOutput(this, 'Url', { value: url });
  }

  /** CloudFront measures itself in us-east-1 only, where a stage of another region cannot have alarms: so the site is visited, as people do. */
  private probe(url: string): void {
    const probe = new OwnedFunction(this, 'Probe', {
      name: 'probe',
      description: 'Visits the site once a minute, as people do',
      memoryMb: 128,
      timeout: Duration.seconds(15),
      schema: probeEnv,
      environment: { SITE_URL: url },
    });
    new Every(this, 'Minute', { fn: probe, interval: Duration.minutes(1) });
  }

  /** Hashed files for a year; the page that names them, and what has a name that people know, last, and never from a cache without asking. */
  private publishPages(pages: PrivateBucket): void {
    const hashed = new PublishedFolder(this, 'Files', {
      folder: siteFolder,
      exclude: ['*', `!${hashedFiles}`, `!${hashedFiles}/**`],
      bucket: pages,
      cacheControl: [
        CacheControl.setPublic(),
        CacheControl.maxAge(Duration.days(365)),
        CacheControl.immutable(),
      ],
    });
    new PublishedFolder(this, 'Entry', {
      folder: siteFolder,
      exclude: [hashedFiles, `${hashedFiles}/**`],
      bucket: pages,
      cacheControl: [CacheControl.noCache()],
      made: { [signInSettingsPath.slice(1)]: this.signInSettings() },
      after: hashed,
    });
  }

  private signInSettings(): SignInSettings {
    const { issuer, clientId, scope = 'openid profile', parameters = {} } = this.config.signIn;
    return { issuer, clientId, scope, parameters };
  }

  private importedBucketOrigin(id: string, bucket: PrivateBucket): IOrigin {
    const imported = Bucket.fromBucketAttributes(this, id, {
      bucketName: bucket.bucket.bucketName,
      bucketRegionalDomainName: bucket.bucket.bucketRegionalDomainName,
    });
    Annotations.of(this).acknowledgeWarning(
      '@aws-cdk/aws-cloudfront-origins:updateImportedBucketPolicyOac',
      'The bucket’s own stack lets CloudFront read the prefix that is served.',
    );
    return S3BucketOrigin.withOriginAccessControl(imported);
  }

  private apiOrigin({ api }: ServiceApi, edgeToken: string): IOrigin {
    const domainName = Fn.select(2, Fn.split('/', api.apiEndpoint));
    return new HttpOrigin(domainName, {
      customHeaders: { 'x-fanfare-edge': edgeToken },
      // A long poll answers after 20 seconds.
      readTimeout: Duration.seconds(30),
      keepaliveTimeout: Duration.seconds(60),
    });
  }

  /** All that the APIs read of a request; API Gateway refuses a foreign `Host`. */
  private apiRequestPolicy(): OriginRequestPolicy {
    return new OriginRequestPolicy(this, 'ApiRequest', {
      comment: 'What the HTTP APIs of Fanfare read',
      headerBehavior: OriginRequestHeaderBehavior.allowList(
        'Accept',
        'Access-Control-Request-Headers',
        'Access-Control-Request-Method',
        'CloudFront-Viewer-Address',
        'Content-Type',
        'Origin',
      ),
      queryStringBehavior: OriginRequestQueryStringBehavior.all(),
      cookieBehavior: OriginRequestCookieBehavior.none(),
    });
  }

  /** Senders sign in headers of their own, more than an allow list takes; people send `Authorization`, which no allow list takes. */
  private signedRequestPolicy(): OriginRequestPolicy {
    return new OriginRequestPolicy(this, 'SignedRequest', {
      comment: 'All that a sender of events says, but for the host',
      headerBehavior: OriginRequestHeaderBehavior.denyList('Host'),
      queryStringBehavior: OriginRequestQueryStringBehavior.all(),
      cookieBehavior: OriginRequestCookieBehavior.none(),
    });
  }

  private acknowledgeFindings(distribution: Distribution): void {
    acknowledge(
      distribution,
      'CFR1',
      'Campaigns address audiences in every country; none is to be shut out.',
    );
    acknowledge(
      distribution,
      'CFR2',
      'A web ACL costs $5 a month when idle. The pages are static; the APIs validate every field, are throttled, and limit uploads by address; uploads are bounded by a signed policy.',
    );
    if (this.config.site === undefined) {
      acknowledge(
        distribution,
        'CFR4',
        'Without a domain of its own the stage uses CloudFront’s certificate, for which CloudFront fixes the protocol versions; browsers and our clients negotiate TLS 1.2 or 1.3. A stage with a domain gets TLSv1.2_2021.',
      );
    }
  }
}
