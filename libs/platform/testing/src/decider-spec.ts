/** The pure functions of one decider. */
export interface Decider<Command, Event, State> {
  readonly decide: (command: Command, state: State) => readonly Event[];
  readonly evolve: (state: State, event: Event) => State;
  readonly initialState: State | (() => State);
}

export interface Then<Event> {
  /** Exactly these events, in this order. */
  then(...events: readonly Event[]): void;
  thenNothing(): void;
  /** Refused with an error that carries this `code`. */
  thenRejected(code: string): void;
}

export interface Given<Command, Event> {
  when(command: Command): Then<Event>;
}

/**
 * `given(...events).when(command).then(...events)` for a decider (after Emmett's `DeciderSpecification`).
 * State and events are frozen first, so a decider that changes what it was given fails its test.
 */
export function deciderSpec<Command, Event, State>(
  decider: Decider<Command, Event, State>,
): (...events: readonly Event[]) => Given<Command, Event> {
  const { decide, evolve, initialState } = decider;
  const start = (): State => (typeof initialState === 'function' ? (initialState as () => State)() : initialState);
  return (...events) => ({
    when: (command) => {
      const attempt = (): readonly Event[] => {
        const state = events.reduce<State>(
          (before, event) => deepFreeze(evolve(before, deepFreeze(event))),
          deepFreeze(start()),
        );
        return decide(deepFreeze(command), state);
      };
      return {
        then: (...expected) => expect(attempt()).toEqual(expected),
        thenNothing: () => expect(attempt()).toEqual([]),
        thenRejected: (code) => expect(outcomeOf(attempt)).toEqual({ rejectedWith: code }),
      };
    },
  });
}

function outcomeOf<Event>(
  attempt: () => readonly Event[],
): { readonly rejectedWith: string } | { readonly events: readonly Event[] } {
  try {
    return { events: attempt() };
  } catch (error) {
    const code = (error as { readonly code?: unknown }).code;
    if (typeof code !== 'string') throw error; // A fault is not a refusal.
    return { rejectedWith: code };
  }
}

function deepFreeze<T>(value: T): T {
  if (value === null || typeof value !== 'object' || Object.isFrozen(value)) return value;
  for (const part of Object.values(value)) deepFreeze(part);
  return Object.freeze(value);
}
