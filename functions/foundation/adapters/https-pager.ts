import type { Pager } from '../domain/ports.ts';
import { post } from './https-post.ts';

/** PagerDuty's Events API v2. @param eventsUrl `https://events.pagerduty.com/v2/enqueue` */
export const createPager = (eventsUrl: string, timeoutMs: number): Pager => ({
  send: (routingKey, event) =>
    post({ url: eventsUrl, body: { routing_key: routingKey, ...event }, secret: routingKey, timeoutMs }),
});
