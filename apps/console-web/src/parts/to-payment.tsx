import { Anchor, type AnchorProps } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useShop } from '../shell/shop';

/** Leads to a payment of this shop. */
export function ToPayment({
  id,
  children,
  ...looks
}: Pick<AnchorProps, 'size' | 'fw' | 'underline'> & { readonly id: string; readonly children: ReactNode }) {
  const { merchant, mode } = useShop();
  return (
    <Anchor
      component={Link}
      to="/m/$merchant/$mode/payments/$payment"
      params={{ merchant, mode, payment: id } as never}
      {...looks}
    >
      {children}
    </Anchor>
  );
}
