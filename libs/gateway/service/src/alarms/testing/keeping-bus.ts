import type { RaiseAlarms } from '@paymatch/contracts';
import { RequestUnavailable, type Message, type MessageBus } from '@paymatch/platform-messaging';

/** Keeps what was asked; away when a test says so. */
export class KeepingBus implements MessageBus {
  readonly asked: RaiseAlarms[] = [];
  isAway = false;
  /** What is answered to anything but alarms. */
  answer: unknown = null;

  publish(): Promise<void> {
    return Promise.reject(new Error('nothing is published here'));
  }

  request<Reply>(_topic: string, { data }: Message): Promise<Reply> {
    if (this.isAway) return Promise.reject(new RequestUnavailable('away'));
    if ((data as { readonly type: string }).type !== 'RaiseAlarms') return Promise.resolve(this.answer as Reply);
    this.asked.push(data as RaiseAlarms);
    return Promise.resolve({ raised: 1 } as Reply);
  }
}
