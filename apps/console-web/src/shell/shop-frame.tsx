import { Text } from '@mantine/core';
import { Link, Outlet, useParams, useRouteContext } from '@tanstack/react-router';
import type { Membership } from '../api/session';
import { Notice } from '../parts/notice';
import { fill, useSpeech, useTexts } from '../texts/texts';
import { Live } from './live';
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
      {membership.until !== null && <Visit membership={membership} until={membership.until} />}
      {membership.status === 'suspended' && <Suspended />}
      <Live>
        <Outlet />
      </Live>
    </ShopProvider>
  );
}

/** An operator must never take somebody's shop for their own. */
function Visit({ membership, until }: { readonly membership: Membership; readonly until: string }) {
  const { t, moment } = useSpeech();
  return (
    <div className="standing">
      <Notice tone="warn">
        <Text size="sm">
          {fill(t.visits.looking, { name: membership.name, moment: moment(until) })}{' '}
          <Link to="/operator/merchants/$id" params={{ id: membership.id }}>
            {t.visits.leave}
          </Link>
        </Text>
      </Notice>
    </div>
  );
}

function Suspended() {
  const { visits } = useTexts();
  return (
    <div className="standing">
      <Notice tone="warn" title={visits.suspended}>
        <Text size="sm">{visits.suspendedAbout}</Text>
      </Notice>
    </div>
  );
}
