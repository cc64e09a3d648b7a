import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { sessionQuery } from './api/session';
import { Loading, NotFound, ScreenFailure } from './shell/outcomes';
import { textSearch } from './shell/search-params';

interface Context {
  readonly queries: QueryClient;
}

const root = createRootRouteWithContext<Context>()({ component: Outlet, notFoundComponent: NotFound });

const index = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: async ({ context }) => {
    const session = await context.queries.ensureQueryData(sessionQuery);
    if (session === null) throw redirect({ to: '/login' });
    const merchant = session.merchants.find(({ until }) => until === null);
    if (merchant !== undefined)
      throw redirect({ to: '/m/$merchant/$mode', params: { merchant: merchant.id, mode: 'live' } });
    throw redirect({ to: session.is_operator ? '/operator/merchants' : '/me' });
  },
});
const login = createRoute({
  getParentRoute: () => root,
  path: 'login',
  validateSearch: textSearch(['to']),
  component: lazyRouteComponent(() => import('./screens/login'), 'Login'),
});
const setup = createRoute({
  getParentRoute: () => root,
  path: 'setup',
  validateSearch: textSearch(['token']),
  component: lazyRouteComponent(() => import('./screens/setup'), 'Setup'),
});

const forgot = createRoute({
  getParentRoute: () => root,
  path: 'forgot',
  component: lazyRouteComponent(() => import('./screens/reset'), 'Forgot'),
});
const reset = createRoute({
  getParentRoute: () => root,
  path: 'reset',
  component: lazyRouteComponent(() => import('./screens/reset'), 'Reset'),
});

/** Everything behind the login: without a session, the address is kept and gone back to. */
const inside = createRoute({
  getParentRoute: () => root,
  id: 'inside',
  beforeLoad: async ({ context, location }) => {
    const session = await context.queries.ensureQueryData(sessionQuery);
    if (session === null) throw redirect({ to: '/login', search: { to: location.href } });
    return { session };
  },
  component: lazyRouteComponent(() => import('./shell/frame'), 'Frame'),
});
const me = createRoute({
  getParentRoute: () => inside,
  path: 'me',
  component: lazyRouteComponent(() => import('./screens/me'), 'Me'),
});

const shop = createRoute({
  getParentRoute: () => inside,
  path: 'm/$merchant/$mode',
  component: lazyRouteComponent(() => import('./shell/shop-frame'), 'ShopFrame'),
});
const shopIndex = createRoute({
  getParentRoute: () => shop,
  path: '/',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/m/$merchant/$mode/today', params });
  },
});
const today = createRoute({
  getParentRoute: () => shop,
  path: 'today',
  component: lazyRouteComponent(() => import('./screens/today'), 'Today'),
});
const payments = createRoute({
  getParentRoute: () => shop,
  path: 'payments',
  validateSearch: textSearch([
    ...(['q', 'status', 'method', 'provider', 'wallet', 'source', 'customer', 'amount_min', 'amount_max'] as const),
    ...(['from', 'to', 'columns'] as const),
  ]),
  component: lazyRouteComponent(() => import('./screens/payments'), 'Payments'),
});
const payment = createRoute({
  getParentRoute: () => shop,
  path: 'payments/$payment',
  component: lazyRouteComponent(() => import('./screens/payment'), 'Payment'),
});
const paymentLinks = createRoute({
  getParentRoute: () => shop,
  path: 'payment-links',
  validateSearch: textSearch(['status']),
  component: lazyRouteComponent(() => import('./screens/payment-links'), 'PaymentLinks'),
});
const refunds = createRoute({
  getParentRoute: () => shop,
  path: 'refunds',
  validateSearch: textSearch(['from', 'to']),
  component: lazyRouteComponent(() => import('./screens/refunds'), 'Refunds'),
});
const customers = createRoute({
  getParentRoute: () => shop,
  path: 'customers',
  validateSearch: textSearch(['q']),
  component: lazyRouteComponent(() => import('./screens/customers'), 'Customers'),
});

const customer = createRoute({
  getParentRoute: () => shop,
  path: 'customers/$customer',
  component: lazyRouteComponent(() => import('./screens/customer'), 'Customer'),
});

const developers = createRoute({
  getParentRoute: () => shop,
  path: 'developers',
  validateSearch: textSearch(['tab', 'status', 'event']),
  component: lazyRouteComponent(() => import('./screens/developers'), 'Developers'),
});

const review = createRoute({
  getParentRoute: () => shop,
  path: 'review',
  validateSearch: textSearch(['case', 'status', 'holder']),
  component: lazyRouteComponent(() => import('./screens/review'), 'Review'),
});
const money = createRoute({
  getParentRoute: () => shop,
  path: 'money',
  validateSearch: textSearch(['tab', 'status', 'wallet', 'trx_id', 'from', 'to']),
  component: lazyRouteComponent(() => import('./screens/money-in'), 'MoneyIn'),
});
const phones = createRoute({
  getParentRoute: () => shop,
  path: 'phones',
  component: lazyRouteComponent(() => import('./screens/phones'), 'Phones'),
});
const webhooks = createRoute({
  getParentRoute: () => shop,
  path: 'webhooks',
  validateSearch: textSearch(['tab', 'status']),
  component: lazyRouteComponent(() => import('./screens/webhooks'), 'Webhooks'),
});
const keys = createRoute({
  getParentRoute: () => shop,
  path: 'keys',
  component: lazyRouteComponent(() => import('./screens/keys'), 'Keys'),
});
const settings = createRoute({
  getParentRoute: () => shop,
  path: 'settings',
  component: lazyRouteComponent(() => import('./screens/settings'), 'Settings'),
});
const people = createRoute({
  getParentRoute: () => shop,
  path: 'people',
  component: lazyRouteComponent(() => import('./screens/people'), 'People'),
});
const audit = createRoute({
  getParentRoute: () => shop,
  path: 'audit',
  validateSearch: textSearch(['action', 'user_id']),
  component: lazyRouteComponent(() => import('./screens/audit'), 'Audit'),
});
const operatorMerchants = createRoute({
  getParentRoute: () => inside,
  path: 'operator/merchants',
  validateSearch: textSearch(['q', 'status']),
  component: lazyRouteComponent(() => import('./screens/operator-merchants'), 'OperatorMerchants'),
});

const operatorMerchant = createRoute({
  getParentRoute: () => inside,
  path: 'operator/merchants/$id',
  component: lazyRouteComponent(() => import('./screens/operator-merchant'), 'OperatorMerchant'),
});
const operatorPeople = createRoute({
  getParentRoute: () => inside,
  path: 'operator/people',
  validateSearch: textSearch(['q']),
  component: lazyRouteComponent(() => import('./screens/operator-people'), 'OperatorPeople'),
});
const operatorAudit = createRoute({
  getParentRoute: () => inside,
  path: 'operator/audit',
  validateSearch: textSearch(['action', 'user_id', 'merchant_id']),
  component: lazyRouteComponent(() => import('./screens/operator-audit'), 'OperatorAudit'),
});
const operatorServices = createRoute({
  getParentRoute: () => inside,
  path: 'operator/services',
  component: lazyRouteComponent(() => import('./screens/operator-services'), 'OperatorServices'),
});
const operatorBackups = createRoute({
  getParentRoute: () => inside,
  path: 'operator/backups',
  component: lazyRouteComponent(() => import('./screens/operator-backups'), 'OperatorBackups'),
});
const operatorUnknownTexts = createRoute({
  getParentRoute: () => inside,
  path: 'operator/unknown-texts',
  component: lazyRouteComponent(() => import('./screens/operator-unknown-texts'), 'OperatorUnknownTexts'),
});
const operatorParkedMessages = createRoute({
  getParentRoute: () => inside,
  path: 'operator/parked-messages',
  validateSearch: textSearch(['service', 'status']),
  component: lazyRouteComponent(() => import('./screens/operator-parked-messages'), 'OperatorParkedMessages'),
});
const operatorNotifications = createRoute({
  getParentRoute: () => inside,
  path: 'operator/notifications',
  component: lazyRouteComponent(() => import('./screens/operator-notifications'), 'OperatorNotifications'),
});
const operatorSettings = createRoute({
  getParentRoute: () => inside,
  path: 'operator/settings',
  validateSearch: textSearch(['q']),
  component: lazyRouteComponent(() => import('./screens/operator-settings'), 'OperatorSettings'),
});

const tree = root.addChildren([
  index,
  login,
  setup,
  forgot,
  reset,
  inside.addChildren([
    shop.addChildren([
      shopIndex,
      today,
      payments,
      payment,
      paymentLinks,
      refunds,
      customers,
      customer,
      developers,
      review,
      money,
      phones,
      webhooks,
      keys,
      settings,
      people,
      audit,
    ]),
    operatorMerchants,
    operatorMerchant,
    operatorPeople,
    operatorAudit,
    operatorServices,
    operatorBackups,
    operatorUnknownTexts,
    operatorParkedMessages,
    operatorNotifications,
    operatorSettings,
    me,
  ]),
]);

export function consoleRouter(queries: QueryClient) {
  return createRouter({
    routeTree: tree,
    basepath: '/console',
    context: { queries },
    defaultPreload: 'intent',
    defaultPendingComponent: Loading,
    defaultErrorComponent: ScreenFailure,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof consoleRouter>;
  }
}
