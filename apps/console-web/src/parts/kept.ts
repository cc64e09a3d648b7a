import { useCallback, useState } from 'react';
import { useShop } from '../shell/shop';

/** Kept in this browser for this person in this shop, in both modes; not on the gateway. */
export function useKept<Value>(name: string, otherwise: Value): readonly [Value, (value: Value) => void] {
  const { session, merchant } = useShop();
  const key = `paymatch.${name}.${session.user.id}.${merchant}`;
  const [value, setValue] = useState<Value>(() => {
    const kept = window.localStorage.getItem(key);
    return kept === null ? otherwise : (JSON.parse(kept) as Value);
  });
  const keep = useCallback(
    (chosen: Value) => {
      window.localStorage.setItem(key, JSON.stringify(chosen));
      setValue(chosen);
    },
    [key],
  );
  return [value, keep];
}
