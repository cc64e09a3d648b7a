import type { Wallet } from '../api/shapes';
import { useSpeech, worded } from '../texts/texts';

/** Wallets to choose one of, none of them at first. */
export function useWalletChoices(wallets: readonly Wallet[] = []): { value: string; label: string }[] {
  const { t } = useSpeech();
  return [
    { value: '', label: '—' },
    ...wallets.map(({ id, provider, number }) => ({
      value: id,
      label: `${worded(t.providers, provider)} ${number}`,
    })),
  ];
}
