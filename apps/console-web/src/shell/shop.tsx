import { createContext, useContext, useMemo, type ReactNode } from 'react';
import { panelClient, type PanelClient, type Scope } from '../api/client';
import { mayDo, type Duty, type Membership, type Session } from '../api/session';

/** Whose money the screens show, and in which mode. */
export interface Shop extends Scope {
  readonly api: PanelClient;
  readonly membership: Membership;
  readonly session: Session;
  /** Begins the key of everything asked for: another merchant's answers are never shown here. */
  readonly key: readonly [string, string];
  readonly may: (duty: Duty) => boolean;
}

const ShopContext = createContext<Shop | null>(null);

export function ShopProvider(props: {
  readonly scope: Scope;
  readonly membership: Membership;
  readonly session: Session;
  readonly children: ReactNode;
}) {
  const { membership, session } = props;
  const { merchant, mode } = props.scope;
  const shop = useMemo<Shop>(
    () => ({
      merchant,
      mode,
      membership,
      session,
      api: panelClient({ merchant, mode }),
      key: [merchant, mode],
      may: (duty) => mayDo(membership.role, duty),
    }),
    [merchant, mode, membership, session],
  );
  return <ShopContext value={shop}>{props.children}</ShopContext>;
}

export function useShop(): Shop {
  const shop = useContext(ShopContext);
  if (shop === null) throw new Error('a merchant’s screen is shown outside of a merchant');
  return shop;
}
