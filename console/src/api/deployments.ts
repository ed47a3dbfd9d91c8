import type {
  EventDetail,
  EventList,
  EventSummary,
  Figure,
  MetricsReport,
  ServiceList,
} from '../../../functions/contracts/deployment-report.ts';
import { figureNames } from '../../../functions/contracts/figure-names.ts';
import { type Answer, request } from './request.ts';
import { isAbsentOr, isListOf, isNumber, isShape, isText } from './shapes.ts';

type Query = Readonly<Record<string, string>>;

const address = (path: string, query: Query): string => {
  const text = new URLSearchParams(query).toString();
  return `/deployments/${path}${text === '' ? '' : `?${text}`}`;
};

export const getMetrics = (
  token: string,
  query: Query,
  signal: AbortSignal,
): Promise<Answer<MetricsReport>> => request(address('metrics', query), isMetrics, { token, signal });

export const listEvents = (token: string, query: Query, signal: AbortSignal): Promise<Answer<EventList>> =>
  request(address('events', query), isEventList, { token, signal, timeoutMs: 28_000 });

export const getEvent = (token: string, id: string, signal: AbortSignal): Promise<Answer<EventDetail>> =>
  request(address(`events/${encodeURIComponent(id)}`, {}), isEventDetail, { token, signal });

export const listServices = (
  token: string,
  query: Query,
  signal: AbortSignal,
): Promise<Answer<ServiceList>> => request(address('services', query), isServiceList, { token, signal });

const isFigure = (value: unknown): value is Figure =>
  isShape(value) &&
  (value['value'] === null || isNumber(value['value'])) &&
  isText(value['unit']) &&
  isText(value['formula']) &&
  isNumber(value['sample']);

const isMetrics = (value: unknown): value is MetricsReport => {
  if (!isShape(value)) {
    return false;
  }
  const { figures, series } = value;
  return (
    isShape(figures) &&
    figureNames.every((name) => isFigure(figures[name])) &&
    isListOf(series, (point) => isShape(point) && isText(point['from']) && isShape(point['values']))
  );
};

const isSummary = (value: unknown): value is EventSummary =>
  isShape(value) &&
  ['id', 'service', 'type', 'at', 'receivedAt', 'subject'].every((name) => isText(value[name])) &&
  ['team', 'environment', 'artifact', 'chain'].every((name) => isAbsentOr(value[name], isText)) &&
  isListOf(value['marks'], isText);

const isEventList = (value: unknown): value is EventList =>
  isShape(value) && isListOf(value['events'], isSummary) && isAbsentOr(value['cursor'], isText);

const isEventDetail = (value: unknown): value is EventDetail =>
  isShape(value) &&
  isSummary(value) &&
  'event' in value &&
  isShape(value['event']) &&
  'chainPlace' in value &&
  isShape(value['chainPlace']) &&
  ['linksTo', 'linkedFrom', 'sameChain'].every((name) => isListOf(Reflect.get(value, name), isSummary));

const isServiceList = (value: unknown): value is ServiceList =>
  isShape(value) &&
  isListOf(
    value['services'],
    (line) =>
      isShape(line) && isText(line['service']) && isAbsentOr(line['team'], isText) && isNumber(line['open']),
  ) &&
  isAbsentOr(value['cursor'], isText);
