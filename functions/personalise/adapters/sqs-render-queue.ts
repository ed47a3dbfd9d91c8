import { sendMessage } from '../../kernel/send-message.ts';
import type { RenderQueue } from '../domain/ports.ts';

export function createRenderQueue(queueUrl: string): RenderQueue {
  return { send: (message) => sendMessage({ queueUrl, body: JSON.stringify(message) }) };
}
