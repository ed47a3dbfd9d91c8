import { Duration } from 'aws-cdk-lib';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Stage } from './stage.ts';

/** Where people read what to do about an alarm. */
export const runbookUrl = 'https://github.com/fanfare/fanfare/blob/main/docs/runbook.md';

/** Who says who people are: an OpenID Connect issuer. API Gateway asks it for its keys; people's browsers are sent there, and come back to the site's `/`. */
export interface SignIn {
  /** As its discovery document names itself. */
  readonly issuer: string;
  /** What its access tokens must be meant for: their `aud`, or their `client_id` where they have none. */
  readonly audience: string;
  /** What the console is called there: a public client, with PKCE and without a secret. */
  readonly clientId: string;
  /** What is asked for. @default openid profile */
  readonly scope?: string;
  /** What the issuer wants to be asked with beside that, such as Auth0 its `audience`. @default nothing */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Origins of the issuer's token endpoint, when that is not where the issuer is: Cognito's has a domain of its own. @default the issuer's */
  readonly tokensFrom?: readonly string[];
}

/** Everything in which stages differ. */
export interface StageConfig {
  /** Whether buckets with people's data survive the deletion of their stack. */
  readonly dataOutlivesStack: boolean;
  readonly logRetention: RetentionDays;
  /** How long S3 keeps who asked for which object. */
  readonly accessLogLife: Duration;
  /** How long pictures, and the records of the jobs that made them, are kept. */
  readonly resultsLife: Duration;
  /** Renders at the same time, at most (2 to 1000). */
  readonly renderConcurrency: number;
  /** Movies and long animations made at the same time, at most (2 to 1000). */
  readonly makeConcurrency: number;
  /** Whether addresses that share a picture have to be signed with the key in the studio's secret; else only those that expire. */
  readonly shareSignatures: 'optional' | 'required';
  /** Batches of deployment events recorded at the same time, at most (2 to 1000). */
  readonly recordConcurrency: number;
  /** How long nobody can delete what is in the archive of deployment events; compliance cannot be taken back. */
  readonly archiveLock: { readonly mode: 'governance' | 'compliance'; readonly duration: Duration };
  /** The environments whose deployments and incidents figures are made of. */
  readonly countedEnvironments: readonly string[];
  readonly signIn: SignIn;
  /** Of each service's HTTP API: requests a second, sustained and at once. */
  readonly apiThrottle: { readonly rateLimit: number; readonly burstLimit: number };
  /** Beyond these the cache refuses; they bound its bill. */
  readonly cacheLimits: { readonly storageGb: number; readonly ecpuPerSecond: number };
  /** The address people use. The certificate is in us-east-1 and covers `domainName`. @default CloudFront's own name */
  readonly site?: { readonly domainName: string; readonly certificateArn: string };
}

/** Names nobody: the local stage stands in for it, and a deployment is refused until a real one stands here. */
const exampleSignIn: SignIn = {
  issuer: 'https://issuer.example',
  audience: 'fanfare',
  clientId: 'fanfare-console',
};

export const config: Record<Stage, StageConfig> = {
  dev: {
    dataOutlivesStack: false,
    logRetention: RetentionDays.ONE_WEEK,
    accessLogLife: Duration.days(7),
    resultsLife: Duration.days(30),
    renderConcurrency: 10,
    makeConcurrency: 5,
    shareSignatures: 'optional',
    recordConcurrency: 5,
    archiveLock: { mode: 'governance', duration: Duration.days(1) },
    countedEnvironments: ['production', 'prod', 'dev'],
    signIn: exampleSignIn,
    apiThrottle: { rateLimit: 50, burstLimit: 100 },
    cacheLimits: { storageGb: 1, ecpuPerSecond: 5000 },
  },
  staging: {
    dataOutlivesStack: false,
    logRetention: RetentionDays.TWO_WEEKS,
    accessLogLife: Duration.days(14),
    resultsLife: Duration.days(30),
    renderConcurrency: 50,
    makeConcurrency: 20,
    shareSignatures: 'optional',
    recordConcurrency: 20,
    archiveLock: { mode: 'governance', duration: Duration.days(30) },
    countedEnvironments: ['production', 'prod', 'staging'],
    signIn: exampleSignIn,
    apiThrottle: { rateLimit: 500, burstLimit: 1000 },
    cacheLimits: { storageGb: 2, ecpuPerSecond: 20_000 },
  },
  prod: {
    dataOutlivesStack: true,
    logRetention: RetentionDays.THREE_MONTHS,
    accessLogLife: Duration.days(30),
    resultsLife: Duration.days(30),
    renderConcurrency: 400,
    makeConcurrency: 100,
    shareSignatures: 'optional',
    recordConcurrency: 50,
    archiveLock: { mode: 'compliance', duration: Duration.days(7 * 365) },
    countedEnvironments: ['production', 'prod'],
    signIn: exampleSignIn,
    apiThrottle: { rateLimit: 2000, burstLimit: 4000 },
    cacheLimits: { storageGb: 10, ecpuPerSecond: 100_000 },
  },
};
