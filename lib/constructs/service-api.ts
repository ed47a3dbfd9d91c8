import { CfnOutput, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  CorsHttpMethod,
  HttpApi,
  HttpMethod,
  HttpStage,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { logGroupName } from '../../functions/contracts/place-links.ts';
import { OwnedStack } from '../stacks/owned-stack.ts';
import { acknowledge } from './acknowledge.ts';
import type { OwnedFunction } from './owned-function.ts';

/** The methods that our APIs use, as in route keys. */
const methods = {
  GET: HttpMethod.GET,
  POST: HttpMethod.POST,
  PUT: HttpMethod.PUT,
  DELETE: HttpMethod.DELETE,
} as const;
type Method = keyof typeof methods;

type Route = `${Method} /${string}`;

export interface ServiceApiProps {
  /** Who answers what: `GET /things/{id}`. API Gateway answers 404 to anything else. */
  readonly routes: Readonly<Record<Route, OwnedFunction>>;
  /** The routes that only people who have signed in may call. @default none */
  readonly signedIn?: readonly Route[];
  /** Why anybody may call the other routes without an account. */
  readonly openBecause: string;
  /** Functions that keep a request open until something happens: how long they take says nothing. @default none */
  readonly longPolls?: readonly OwnedFunction[];
}

/** One line a request, as JSON; the address is the one that called API Gateway: behind CloudFront, an edge's. */
const accessLogLine = {
  requestId: '$context.requestId',
  time: '$context.requestTimeEpoch',
  route: '$context.routeKey',
  status: '$context.status',
  bytes: '$context.responseLength',
  milliseconds: '$context.responseLatency',
  functionMilliseconds: '$context.integrationLatency',
  functionError: '$context.integrationErrorMessage',
  error: '$context.error.message',
  address: '$context.identity.sourceIp',
  agent: '$context.identity.userAgent',
};

/**
 * The HTTP API of one service: only the routes that it declares, throttled, each request logged. Pages of any origin may call it: it knows no cookies, so a
 * page gains nothing that its visitor could not do with curl.
 */
export class ServiceApi extends Construct {
  readonly api: HttpApi;
  /** Who answers. */
  readonly functions: readonly OwnedFunction[];
  /** Who answers at once. */
  readonly promptFunctions: readonly OwnedFunction[];

  constructor(scope: Construct, id: string, props: ServiceApiProps) {
    super(scope, id);
    const { config, service, deploymentStage } = OwnedStack.owning(this);
    this.functions = [...new Set(Object.values(props.routes))];
    this.promptFunctions = this.functions.filter((fn) => props.longPolls?.includes(fn) !== true);
    this.api = new HttpApi(this, 'Api', {
      apiName: `fanfare-${deploymentStage}-${service.service}`,
      createDefaultStage: false,
      corsPreflight: {
        allowOrigins: ['*'],
        allowMethods: [CorsHttpMethod.GET, CorsHttpMethod.POST, CorsHttpMethod.PUT, CorsHttpMethod.DELETE],
        allowHeaders: ['content-type', 'accept', 'authorization', 'if-none-match'],
        exposeHeaders: ['retry-after', 'etag'],
        maxAge: Duration.hours(1),
      },
    });
    for (const [route, fn] of Object.entries(props.routes)) {
      this.addRoute(route, fn, props);
    }
    const log = new LogGroup(this, 'AccessLog', {
      logGroupName: logGroupName(deploymentStage, service.service, 'api'),
      retention: config.logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    new HttpStage(this, 'Stage', {
      httpApi: this.api,
      autoDeploy: true,
      throttle: config.apiThrottle,
      accessLogSettings: {
        destination: new LogGroupLogDestination(log),
        format: AccessLogFormat.custom(JSON.stringify(accessLogLine)),
      },
    });
    new CfnOutput(Stack.of(this), 'ApiUrl', { value: this.api.apiEndpoint });
  }

  #people: HttpJwtAuthorizer | undefined;

  /** Takes tokens of the stage's issuer, in `Authorization`. */
  private people(): HttpJwtAuthorizer {
    const { issuer, audience } = OwnedStack.owning(this).config.signIn;
    this.#people ??= new HttpJwtAuthorizer('People', issuer, { jwtAudience: [audience] });
    return this.#people;
  }

  private addRoute(
    route: string,
    fn: OwnedFunction,
    { openBecause, signedIn = [] }: Pick<ServiceApiProps, 'openBecause' | 'signedIn'>,
  ): void {
    const isForPeople = signedIn.some((each) => each === route);
    const [method, path] = route.split(' ');
    if (path === undefined || !isMethod(method)) {
      throw new Error(`“${route}” is no route: write it like GET /things/{id}.`);
    }
    const routes = this.api.addRoutes({
      path,
      methods: [methods[method]],
      integration: new HttpLambdaIntegration(fn.name, fn.lambda),
      ...(isForPeople ? { authorizer: this.people() } : {}),
    });
    for (const each of isForPeople ? [] : routes) {
      acknowledge(each, 'APIG4', openBecause);
    }
  }
}

const isMethod = (name: string | undefined): name is Method => name !== undefined && name in methods;
