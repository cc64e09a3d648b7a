import { NativeSelect, SegmentedControl } from '@mantine/core';
import { useNavigate, useParams } from '@tanstack/react-router';
import type { Session } from '../api/session';
import { useTexts } from '../texts/texts';

/** Whose shop, and whether its money is real: in the address, so that a link means the same to everybody. */
export function MerchantSwitch({ session }: { readonly session: Session }) {
  const { common } = useTexts();
  const { merchant, mode } = useParams({ strict: false });
  const navigate = useNavigate();
  if (merchant === undefined || mode === undefined) return null;
  const go = (to: { readonly merchant: string; readonly mode: string }) =>
    void navigate({ to: '/m/$merchant/$mode', params: to });
  return (
    <>
      {session.merchants.length > 1 ? (
        <NativeSelect
          size="xs"
          className="merchant-select"
          aria-label={common.merchant}
          value={merchant}
          onChange={(event) => go({ merchant: event.currentTarget.value, mode })}
          data={session.merchants.map(({ id, name }) => ({ value: id, label: name }))}
        />
      ) : (
        <span className="merchant-name">{session.merchants[0]?.name}</span>
      )}
      <SegmentedControl
        size="xs"
        aria-label={common.mode}
        value={mode}
        onChange={(chosen) => go({ merchant, mode: chosen })}
        data={[
          { value: 'live', label: common.live },
          { value: 'test', label: common.test },
        ]}
      />
    </>
  );
}
