export const changeKinds = ['payment', 'case', 'credit', 'message', 'phone', 'webhook', 'note', 'people'] as const;
export type ChangeKind = (typeof changeKinds)[number];

export interface ChangedShop {
  readonly merchantId: string;
  readonly livemode: boolean;
}

/** That something is new or not as it was; never what it is. */
export interface Change extends ChangedShop {
  readonly kind: ChangeKind;
  /** As the panel spells it; `null`: several, or one without an id. */
  readonly id: string | null;
  readonly change: 'created' | 'changed';
}

/** What one listener hears. `null`: something may have been missed, so everything may have changed. */
export type News = Pick<Change, 'kind' | 'id' | 'change'> | null;

/**
 * Word of what changes, at every instance of the gateway. Nothing rests on it: what is told twice, late or never is
 * seen at the next look. Injected under `CHANGE_NEWS`.
 */
export interface ChangeNews {
  /** Passed on within a moment, together with the others of the moment. Never fails. */
  tell(change: Change): void;
  /** Resolves when everything told from then on is heard; call what it answers with to stop. */
  listen(shop: ChangedShop, onNews: (news: News) => void): Promise<() => void>;
}

export const CHANGE_NEWS = Symbol('ChangeNews');
