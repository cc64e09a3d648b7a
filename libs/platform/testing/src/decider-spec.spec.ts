import { deciderSpec } from './decider-spec.js';

type Command = { readonly type: 'Open' | 'Close' };
type Event = { readonly type: 'Opened' | 'Closed' };
interface State {
  readonly isOpen: boolean;
  readonly seen: readonly string[];
}

const door = {
  initialState: { isOpen: false, seen: [] } as State,
  evolve: (state: State, event: Event): State => ({
    isOpen: event.type === 'Opened',
    seen: [...state.seen, event.type],
  }),
  decide: (command: Command, state: State): readonly Event[] => {
    if (command.type === 'Open') return state.isOpen ? [] : [{ type: 'Opened' }];
    if (!state.isOpen) throw Object.assign(new Error('closed already'), { code: 'DOOR_CLOSED' });
    return [{ type: 'Closed' }];
  },
};

describe('a decider under given/when/then', () => {
  const given = deciderSpec(door);

  it('passes when events, silence and refusals are as expected', () => {
    given().when({ type: 'Open' }).then({ type: 'Opened' });
    given({ type: 'Opened' }).when({ type: 'Open' }).thenNothing();
    given().when({ type: 'Close' }).thenRejected('DOOR_CLOSED');
    given({ type: 'Opened' }, { type: 'Closed' }).when({ type: 'Open' }).then({ type: 'Opened' });
  });

  it('fails when the outcome is another one', () => {
    expect(() => given().when({ type: 'Open' }).thenNothing()).toThrow();
    expect(() => given().when({ type: 'Open' }).then({ type: 'Closed' })).toThrow();
    expect(() => given().when({ type: 'Open' }).then({ type: 'Opened' }, { type: 'Opened' })).toThrow();
    expect(() => given().when({ type: 'Close' }).thenRejected('OTHER')).toThrow();
    expect(() => given().when({ type: 'Open' }).thenRejected('DOOR_CLOSED')).toThrow();
    expect(() => given().when({ type: 'Close' }).thenNothing()).toThrow('closed already');
  });

  it('fails when the decider changes the state it was given', () => {
    const careless = {
      ...door,
      decide: (_command: Command, state: State): readonly Event[] => {
        (state.seen as string[]).push('x');
        return [];
      },
    };
    expect(() => deciderSpec(careless)().when({ type: 'Open' }).thenNothing()).toThrow(TypeError);
  });

  it('does not take a fault for a refusal', () => {
    const faulty = {
      ...door,
      decide: (): readonly Event[] => {
        throw new TypeError('boom');
      },
    };
    expect(() =>
      deciderSpec<Command, Event, State>(faulty)().when({ type: 'Open' }).thenRejected('DOOR_CLOSED'),
    ).toThrow('boom');
  });
});
