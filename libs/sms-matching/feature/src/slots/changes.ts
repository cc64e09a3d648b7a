export type Change = 'new' | 'changed';

/** Records that were not there before, and such as were. */
export interface Changes<T> {
  readonly added: readonly T[];
  readonly changed: readonly T[];
}

/** What is new stays new, however often it changes before it is written. */
export function note(changes: Map<string, Change>, id: string, isNew: boolean): void {
  if (!changes.has(id)) changes.set(id, isNew ? 'new' : 'changed');
}

export function changesOf<T>(records: ReadonlyMap<string, T>, changes: ReadonlyMap<string, Change>): Changes<T> {
  const ofKind = (kind: Change): readonly T[] =>
    [...changes].filter(([, change]) => change === kind).map(([id]) => records.get(id)!);
  return { added: ofKind('new'), changed: ofKind('changed') };
}
