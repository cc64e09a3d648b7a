import type {
  CreateCustomer,
  CreatePayment,
  Customer,
  Event,
  ListCustomers,
  ListEvents,
  ListPayments,
  Payment,
  Refund,
  RefundPayment,
  TestMessage,
  UpdateCustomer,
} from './api-types.js';
import { Transport, type CallOptions, type PaymatchOptions } from './transport.js';

export interface Page<Item> {
  readonly data: readonly Item[];
  readonly meta: {
    readonly current_page: number;
    readonly from: number | null;
    readonly last_page: number;
    readonly path: string;
    readonly per_page: number;
    readonly to: number | null;
    readonly total: number;
  };
}

export interface EventsPage {
  readonly data: readonly Event[];
  readonly meta: { readonly has_more: boolean; readonly next_after: string | null; readonly limit: number };
}

type Data<Item> = { readonly data: Item };

/** A client of contract A. Each call throws an error of this package; see the README. */
export class Paymatch {
  readonly payments: Payments;
  readonly customers: Customers;
  readonly events: Events;
  readonly test: TestMode;

  constructor(options: PaymatchOptions) {
    const transport = new Transport(options);
    this.payments = new Payments(transport);
    this.customers = new Customers(transport);
    this.events = new Events(transport);
    this.test = new TestMode(transport);
  }
}

export class Payments {
  constructor(private readonly transport: Transport) {}

  /** A payment to send the customer to (`checkout_url`); for an `invoice_id` that has one already, that one. */
  async create(payment: CreatePayment, options: CallOptions = {}): Promise<Payment> {
    const call = { ...options, method: 'POST', path: '/payments', body: payment } as const;
    return (await this.transport.send<Data<Payment>>(call)).data;
  }

  async get(id: string, options: CallOptions = {}): Promise<Payment> {
    const call = { ...options, method: 'GET', path: `/payments/${encodeURIComponent(id)}` } as const;
    return (await this.transport.send<Data<Payment>>(call)).data;
  }

  /** Newest first. */
  list(query: ListPayments = {}, options: CallOptions = {}): Promise<Page<Payment>> {
    return this.transport.send<Page<Payment>>({ ...options, method: 'GET', path: '/payments', query });
  }

  /** Every payment the query asks for, newest first, page after page. */
  iterate(query: Omit<ListPayments, 'page'> = {}, options: CallOptions = {}): AsyncGenerator<Payment, void> {
    return everyItem((page) => this.list({ per_page: 100, ...query, page }, options));
  }

  /** Records that money was sent back: a part, or without `amount` all that remains. */
  async refund(id: string, refund: RefundPayment = {}, options: CallOptions = {}): Promise<Payment> {
    const call = {
      ...options,
      method: 'POST',
      path: `/payments/${encodeURIComponent(id)}/refund`,
      body: refund,
    } as const;
    return (await this.transport.send<Data<Payment>>(call)).data;
  }

  /** Newest first. */
  async refunds(id: string, options: CallOptions = {}): Promise<readonly Refund[]> {
    const call = { ...options, method: 'GET', path: `/payments/${encodeURIComponent(id)}/refunds` } as const;
    return (await this.transport.send<Data<readonly Refund[]>>(call)).data;
  }
}

export class Customers {
  constructor(private readonly transport: Transport) {}

  async create(customer: CreateCustomer, options: CallOptions = {}): Promise<Customer> {
    const call = { ...options, method: 'POST', path: '/customers', body: customer } as const;
    return (await this.transport.send<Data<Customer>>(call)).data;
  }

  async get(id: number, options: CallOptions = {}): Promise<Customer> {
    return (await this.transport.send<Data<Customer>>({ ...options, method: 'GET', path: `/customers/${id}` })).data;
  }

  /** What is absent stays; `null` clears what may be empty. */
  async update(id: number, changes: UpdateCustomer, options: CallOptions = {}): Promise<Customer> {
    const call = { ...options, method: 'PATCH', path: `/customers/${id}`, body: changes } as const;
    return (await this.transport.send<Data<Customer>>(call)).data;
  }

  /** Newest first. */
  list(query: ListCustomers = {}, options: CallOptions = {}): Promise<Page<Customer>> {
    return this.transport.send<Page<Customer>>({ ...options, method: 'GET', path: '/customers', query });
  }

  iterate(query: Omit<ListCustomers, 'page'> = {}, options: CallOptions = {}): AsyncGenerator<Customer, void> {
    return everyItem((page) => this.list({ per_page: 100, ...query, page }, options));
  }
}

export class Events {
  constructor(private readonly transport: Transport) {}

  async get(id: string, options: CallOptions = {}): Promise<Event> {
    const call = { ...options, method: 'GET', path: `/events/${encodeURIComponent(id)}` } as const;
    return (await this.transport.send<Data<Event>>(call)).data;
  }

  /** Oldest first; `after` is the id of the last event one has. */
  list(query: ListEvents = {}, options: CallOptions = {}): Promise<EventsPage> {
    return this.transport.send<EventsPage>({ ...options, method: 'GET', path: '/events', query });
  }

  /** Every event there is by now, oldest first: with the id of the last one that one has, what was missed. */
  async *iterate(query: ListEvents = {}, options: CallOptions = {}): AsyncGenerator<Event, void> {
    for (let after = query.after; ;) {
      const { data, meta } = await this.list({ limit: 100, ...query, after }, options);
      yield* data;
      if (!meta.has_more || meta.next_after === null) return;
      after = meta.next_after;
    }
  }
}

/** With a test key only. */
export class TestMode {
  constructor(private readonly transport: Transport) {}

  /** As if the money had come, a person had refused it, its time had ended, or the wrong sum had come. */
  async simulate(
    id: string,
    outcome: 'complete' | 'fail' | 'expire' | 'review',
    options: CallOptions = {},
  ): Promise<Payment> {
    const path = `/test/payments/${encodeURIComponent(id)}/${outcome}`;
    return (await this.transport.send<Data<Payment>>({ ...options, method: 'POST', path })).data;
  }

  /** As if a phone had got this message for any of the test wallets. */
  async message(message: TestMessage, options: CallOptions = {}): Promise<{ readonly id: string }> {
    const call = { ...options, method: 'POST', path: '/test/messages', body: message } as const;
    return (await this.transport.send<Data<{ readonly id: string }>>(call)).data;
  }
}

/** What comes in meanwhile pushes items on to the next page: those of the page before are not given twice. */
async function* everyItem<Item extends { readonly id: string | number }>(
  load: (page: number) => Promise<Page<Item>>,
): AsyncGenerator<Item, void> {
  let before = new Set<string | number>();
  for (let page = 1; ; page += 1) {
    const { data, meta } = await load(page);
    yield* data.filter(({ id }) => !before.has(id));
    if (data.length === 0 || page >= meta.last_page) return;
    before = new Set(data.map(({ id }) => id));
  }
}
