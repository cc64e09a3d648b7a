import { useParams } from '@tanstack/react-router';

/** What the answers shown on a merchant's screens are kept under; of the installation's own screens, theirs. */
export function useShopKey(): readonly string[] {
  const { merchant, mode } = useParams({ strict: false }) as { readonly merchant?: string; readonly mode?: string };
  return merchant === undefined || mode === undefined ? ['installation'] : [merchant, mode];
}
