import { Outlet, useParams, useRouteContext } from '@tanstack/react-router';
import { NotFound } from './outcomes';
import { ShopProvider } from './shop';

/** The screens of one merchant; of a merchant that is not this person's, what an unknown address shows. */
export function ShopFrame() {
  const { session } = useRouteContext({ from: '/inside' });
  const { merchant, mode } = useParams({ from: '/inside/m/$merchant/$mode' });
  const membership = session.merchants.find(({ id }) => id === merchant);
  if (membership === undefined || (mode !== 'live' && mode !== 'test')) return <NotFound />;
  return (
    <ShopProvider scope={{ merchant, mode }} membership={membership} session={session}>
      <Outlet />
    </ShopProvider>
  );
}
