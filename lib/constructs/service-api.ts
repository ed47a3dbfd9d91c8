import { CfnOutput, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  CorsHttpMethod,
  HttpApi,
  HttpMethod,
  HttpStage,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { type IMetric, MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { OwnedStack } from '../stacks/owned-stack.ts';
import { acknowledge } from './acknowledge.ts';
import type { OwnedFunction } from './owned-function.ts';
import { alarmPeriod, RunbookAlarm } from './runbook-alarm.ts';

/** The methods that our APIs use, as in route keys. */
const methods = {
  GET: HttpMethod.GET,
  POST: HttpMethod.POST,
  PUT: HttpMethod.PUT,
  DELETE: HttpMethod.DELETE,
} as const;
type Method = keyof typeof methods;

export interface ServiceApiProps {
  /** Who answers what: `GET /things/{id}`. API Gateway answers 404 to anything else. */
  readonly routes: Readonly<Record<`${Method} /${string}`, OwnedFunction>>;
  /** Why anybody may call these routes without an account. */
  readonly openBecause: string;
  /** What people notice when it fails, in one sentence. */
  readonly impactOfFailure: string;
  readonly alarmTopic: ITopic;
}

/** In alarm when more than this part of the answers are failures of ours (5xx). */
const failingPercent = 5;
/** Below so many requests a minute, one failure would be too large a part. */
const enoughRequests = 20;

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

  constructor(scope: Construct, id: string, props: ServiceApiProps) {
    super(scope, id);
    const { config, service, deploymentStage } = OwnedStack.owning(this);
    this.api = new HttpApi(this, 'Api', {
      apiName: `fanfare-${deploymentStage}-${service.name}`,
      createDefaultStage: false,
      corsPreflight: {
        allowOrigins: ['*'],
        allowMethods: [CorsHttpMethod.GET, CorsHttpMethod.POST, CorsHttpMethod.PUT, CorsHttpMethod.DELETE],
        allowHeaders: ['content-type', 'accept'],
        exposeHeaders: ['retry-after'],
        maxAge: Duration.hours(1),
      },
    });
    for (const [route, fn] of Object.entries(props.routes)) {
      this.addRoute(route, fn, props.openBecause);
    }
    const log = new LogGroup(this, 'AccessLog', {
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
    new RunbookAlarm(this, 'Failing', {
      name: 'api-failing',
      impact: props.impactOfFailure,
      metric: this.failingPart(),
      threshold: failingPercent,
      minutes: 3,
      topic: props.alarmTopic,
    });
    new CfnOutput(Stack.of(this), 'ApiUrl', { value: this.api.apiEndpoint });
  }

  private failingPart(): IMetric {
    const perMinute = { period: alarmPeriod, statistic: 'Sum' };
    return new MathExpression({
      expression: `IF(requests >= ${enoughRequests}, 100 * failures / requests, 0)`,
      label: 'Failed answers, %',
      period: alarmPeriod,
      usingMetrics: {
        requests: this.api.metricCount(perMinute),
        failures: this.api.metricServerError(perMinute),
      },
    });
  }

  private addRoute(route: string, fn: OwnedFunction, openBecause: string): void {
    const [method, path] = route.split(' ');
    if (path === undefined || !isMethod(method)) {
      throw new Error(`“${route}” is no route: write it like GET /things/{id}.`);
    }
    const routes = this.api.addRoutes({
      path,
      methods: [methods[method]],
      integration: new HttpLambdaIntegration(fn.name, fn.lambda),
    });
    for (const each of routes) {
      acknowledge(each, 'APIG4', openBecause);
    }
  }
}

const isMethod = (name: string | undefined): name is Method => name !== undefined && name in methods;
