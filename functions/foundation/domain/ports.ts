import type { ChatMessage, PagerEvent } from '../../contracts/alarm-notification.ts';

/** Throws a DeliveryError when the chat has not taken the message. */
export interface Chat {
  /** @param webhook the chat's address: whoever knows it can write there */
  post(webhook: string, message: ChatMessage): Promise<void>;
}

/** Throws a DeliveryError when the pager has not taken the event. */
export interface Pager {
  /** @param routingKey whoever knows it can ring */
  send(routingKey: string, event: PagerEvent): Promise<void>;
}

/** The fields of the stage's secret. */
export interface Secrets {
  /** Throws, naming the field, when there is none. */
  field(name: string): Promise<string>;
  /** As `field`, from the secret as it is now: for a value that was refused and may have been replaced. */
  freshField(name: string): Promise<string>;
}
