import { ask, panelClient } from '../api/client';
import { usePages } from '../parts/paged';

const PAGE = 50;

/** The merchants of the installation, newest first, page by page. */
export function useMerchants(filters: { readonly q?: string; readonly status?: string }) {
  const { q, status } = filters;
  const known = (['active', 'suspended'] as const).find((each) => each === status);
  return usePages(['installation', 'merchants', q, status], (page) => {
    const query = {
      ...(known !== undefined && { status: known }),
      ...(q !== undefined && { q }),
      limit: PAGE,
      ...page,
    };
    return ask(panelClient(null).GET('/api/panel/v1/operator/merchants', { params: { query } }));
  });
}
