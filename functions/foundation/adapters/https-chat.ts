import type { Chat } from '../domain/ports.ts';
import { post } from './https-post.ts';

/** Incoming webhooks as Slack has them, and others after it. */
export const createChat = (timeoutMs: number): Chat => ({
  post: (webhook, message) => post({ url: webhook, body: message, secret: webhook, timeoutMs }),
});
