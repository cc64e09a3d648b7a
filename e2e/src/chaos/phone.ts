import { once, EventEmitter } from 'node:events';
import type { Shop } from '../shop.js';
import { persistently } from './calls.js';
import type { Entry, ForwardedSms } from './history.js';

/** What it remembers of what it has uploaded. */
const REMEMBERED_MAX = 50;

/** The merchant's phone: hands messages over until it is told that they are kept; may be offline for a while. */
export class Phone {
  private readonly remembered: { readonly sms: ForwardedSms; readonly sentAt: string }[] = [];
  private readonly held: ForwardedSms[] = [];
  private readonly switched = new EventEmitter();
  private isOffline = false;
  isOver = false;

  constructor(
    private readonly shop: Shop,
    private readonly note: (entry: Entry) => void,
  ) {
    this.switched.setMaxListeners(0);
  }

  goOffline(): void {
    this.isOffline = true;
  }

  /** Uploads what came meanwhile in one go, and then once more in reverse order. */
  async comeBack(): Promise<void> {
    const late = this.held.splice(0);
    this.isOffline = false;
    if (late.length > 0) {
      await this.upload(late);
      await this.upload([...late].reverse());
    }
    this.switched.emit('online');
  }

  /** Resolves when the messages are kept, or the phone has given up. */
  async forward(...messages: readonly ForwardedSms[]): Promise<void> {
    if (!this.isOffline) return this.upload(messages);
    this.held.push(...messages);
    await once(this.switched, 'online');
  }

  async uploadAgain(count: number): Promise<void> {
    const last = this.remembered
      .slice(-count)
      .map(({ sms }) => sms)
      .reverse();
    if (last.length > 0) await this.upload(last);
  }

  private async upload(messages: readonly ForwardedSms[]): Promise<void> {
    const sent = messages.map((sms) => this.remember(sms));
    await persistently(() => this.shop.forward(...sent), {
      isOver: () => this.isOver,
      note: ({ body, ...went }) =>
        this.note({
          type: 'forward',
          messages,
          results: went.outcome === 'ok' ? (body?.results ?? []).map(({ status }) => status) : [],
          ...went,
        }),
    });
  }

  /** A message has its time once and for all, however often it is handed over. */
  private remember(sms: ForwardedSms): { readonly sender: string; readonly body: string; readonly sentAt: string } {
    let known = this.remembered.find((candidate) => candidate.sms === sms);
    if (known === undefined) {
      known = { sms, sentAt: new Date().toISOString() };
      this.remembered.push(known);
      if (this.remembered.length > REMEMBERED_MAX) this.remembered.shift();
    }
    return { sender: sms.sender, body: sms.body, sentAt: known.sentAt };
  }
}
