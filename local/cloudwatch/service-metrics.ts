import type { MetricSeries, MetricStore } from './metric-store.ts';

/** What a function's invocations are measured with. */
export interface InvocationMeter {
  begun(): void;
  ended(milliseconds: number, failed: boolean): void;
  throttled(): void;
  /** An event was accepted for an asynchronous invocation. */
  accepted(): void;
  /** And given up. */
  dropped(): void;
}

/** What AWS counts of a function; under its name, and over all functions of the account. Source: AWS Lambda developer guide, "Types of metrics". */
export class LambdaMetrics {
  readonly #store: MetricStore;
  readonly #running = { all: 0 };

  constructor(store: MetricStore) {
    this.#store = store;
  }

  meterOf(functionName: string): InvocationMeter {
    const series = (name: string): readonly MetricSeries[] =>
      seriesOf(this.#store, 'AWS/Lambda', name, [{ FunctionName: functionName }, {}]);
    const [invocations, errors, throttles, durations] = [
      series('Invocations'),
      series('Errors'),
      series('Throttles'),
      series('Duration'),
    ];
    const [accepted, dropped] = [series('AsyncEventsReceived'), series('AsyncEventsDropped')];
    const [concurrent, concurrentOfAll] = series('ConcurrentExecutions');
    const all = this.#running;
    let running = 0;
    return {
      begun: () => {
        running += 1;
        all.all += 1;
        concurrent?.add(running);
        concurrentOfAll?.add(all.all);
      },
      ended: (milliseconds, failed) => {
        running -= 1;
        all.all -= 1;
        add(invocations, 1);
        add(errors, failed ? 1 : 0);
        add(throttles, 0);
        add(durations, milliseconds);
      },
      throttled: () => add(throttles, 1),
      accepted: () => add(accepted, 1),
      dropped: () => add(dropped, 1),
    };
  }
}

/** What an API's answers are measured with. */
export interface ApiMeter {
  /** @param integrationMs absent when no function was asked */
  answered(status: number, latencyMs: number, integrationMs: number | undefined): void;
}

/** What AWS counts of an HTTP API, for itself and for its stage. Source: API Gateway developer guide, "Work with metrics for HTTP APIs". */
export function apiMeter(store: MetricStore, apiId: string): ApiMeter {
  const series = (name: string): readonly MetricSeries[] =>
    seriesOf(store, 'AWS/ApiGateway', name, [{ ApiId: apiId }, { ApiId: apiId, Stage: '$default' }]);
  const [count, clientErrors, serverErrors] = [series('Count'), series('4xx'), series('5xx')];
  const [latency, integrationLatency] = [series('Latency'), series('IntegrationLatency')];
  return {
    answered: (status, latencyMs, integrationMs) => {
      add(count, 1);
      add(clientErrors, status >= 400 && status < 500 ? 1 : 0);
      add(serverErrors, status >= 500 ? 1 : 0);
      add(latency, latencyMs);
      if (integrationMs !== undefined) {
        add(integrationLatency, integrationMs);
      }
    },
  };
}

/** AWS publishes the same metric under each of these sets of dimensions. */
const seriesOf = (
  store: MetricStore,
  namespace: string,
  name: string,
  sets: readonly Readonly<Record<string, string>>[],
): readonly MetricSeries[] => sets.map((dimensions) => store.series({ namespace, name, dimensions }));

function add(series: readonly MetricSeries[], value: number): void {
  for (const each of series) {
    each.add(value);
  }
}
