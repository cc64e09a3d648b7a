import type { Device, ReviewCase, WebhookEndpoint } from '../api/shapes';

/** Something a person should see to. */
export interface Trouble {
  readonly id: string;
  readonly kind: 'case' | 'silent' | 'gap' | 'failing' | 'disabled';
  readonly place: 'review' | 'phones' | 'webhooks' | 'today';
  readonly about: string;
  /** When a case was opened; of the others only that they are there is known. */
  readonly at: string | null;
}

export function troublesOf(
  cases: readonly ReviewCase[],
  devices: readonly Device[],
  endpoints: readonly WebhookEndpoint[],
): readonly Trouble[] {
  return [
    ...cases.map(
      ({ id, reason, opened_at }) => ({ id, kind: 'case', place: 'review', about: reason, at: opened_at }) as const,
    ),
    ...devices.flatMap(({ id, name, open_alerts }) =>
      open_alerts.map((kind) => ({ id: `${kind} ${id}`, kind, place: 'phones', about: name, at: null }) as const),
    ),
    ...endpoints.flatMap(({ id, url, status, failing }) => {
      const kind = status === 'disabled' ? 'disabled' : failing === null ? null : 'failing';
      if (kind === null) return [];
      return [{ id: `${kind} ${id}`, kind, place: 'webhooks', about: url ?? '—', at: null } as const];
    }),
  ];
}

interface Notified {
  /** When the newest case was opened that was told of. */
  readonly casesUntil: string;
  readonly others: readonly string[];
}

/**
 * Those this person has not been told of in this browser, and remembers that they are now. A phone or a webhook that
 * is well again is forgotten, so that it is told when it fails once more. Who comes for the first time sees what there
 * is on the screens themselves.
 */
export function newlyNotified(
  key: string,
  present: readonly Trouble[],
  storage: Pick<Storage, 'getItem' | 'setItem'> = window.localStorage,
): readonly Trouble[] {
  const kept = storage.getItem(key);
  const before = kept === null ? null : (JSON.parse(kept) as Notified);
  const casesUntil = present.reduce(
    (newest, { at }) => (at !== null && at > newest ? at : newest),
    before?.casesUntil ?? '',
  );
  const others = present.filter(({ at }) => at === null).map(({ id }) => id);
  storage.setItem(key, JSON.stringify({ casesUntil, others } satisfies Notified));
  if (before === null) return [];
  return present.filter(({ id, at }) => (at === null ? !before.others.includes(id) : at > before.casesUntil));
}
