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
    const merchant = session.merchants[0];
    if (merchant !== undefined)
      throw redirect({ to: '/m/$merchant/$mode', params: { merchant: merchant.id, mode: 'live' } });
    throw redirect({ to: session.is_operator ? '/operator' : '/me' });
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
const shop = createRoute({
  getParentRoute: () => inside,
  path: 'm/$merchant/$mode',
  component: lazyRouteComponent(() => import('./shell/shop-frame'), 'ShopFrame'),
});
const shopIndex = createRoute({
  getParentRoute: () => shop,
  path: '/',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/m/$merchant/$mode/review', params });
  },
});
const review = createRoute({
  getParentRoute: () => shop,
  path: 'review',
  validateSearch: textSearch(['case', 'status', 'reason']),
  component: lazyRouteComponent(() => import('./screens/review'), 'Review'),
});
const operator = createRoute({
  getParentRoute: () => inside,
  path: 'operator',
  component: lazyRouteComponent(() => import('./screens/me'), 'Me'),
});
const me = createRoute({
  getParentRoute: () => inside,
  path: 'me',
  component: lazyRouteComponent(() => import('./screens/me'), 'Me'),
});

const tree = root.addChildren([
  index,
  login,
  setup,
  inside.addChildren([shop.addChildren([shopIndex, review]), operator, me]),
]);

export function consoleRouter(queries: QueryClient) {
  return createRouter({
    routeTree: tree,
    basepath: '/console',
    context: { queries },
    defaultPreload: 'intent',
    defaultPendingComponent: Loading,
    defaultErrorComponent: ScreenFailure,
    scrollRestoration: false,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof consoleRouter>;
  }
}
