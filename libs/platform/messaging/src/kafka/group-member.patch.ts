interface ConsumerGroup {
  readonly cluster: object;
  memberId: string | null;
}

type Step = (this: ConsumerGroup) => Promise<unknown>;

interface ConsumerGroupClass {
  readonly prototype: Record<'connect' | 'joinAndSync' | 'leave', Step>;
}

/** Who each consumer was in its group; a consumer keeps its `cluster` from one start to the next. */
const membersOf = new WeakMap<object, string>();
let isPatched = false;

/**
 * kafkajs 2.2.4 forgets who it was when it starts again after its broker was away: it joins as a new member, and the group waits for
 * the old one, whom nobody is any more, until that one's session ends. It comes back as the member it was, which the group knows;
 * one that the group has given up meanwhile is told so, and joins anew at once.
 */
export function patchGroupMember(): void {
  if (isPatched) return;
  isPatched = true;
  const { prototype } = require('kafkajs/src/consumer/consumerGroup') as ConsumerGroupClass;
  const { connect, joinAndSync, leave } = prototype;
  prototype.connect = async function connectAgain(): Promise<unknown> {
    const result = await connect.call(this);
    this.memberId ??= membersOf.get(this.cluster) ?? null;
    return result;
  };
  prototype.joinAndSync = async function joinAndRemember(): Promise<unknown> {
    const result = await joinAndSync.call(this);
    if (this.memberId !== null) membersOf.set(this.cluster, this.memberId);
    return result;
  };
  prototype.leave = async function leaveAndForget(): Promise<unknown> {
    const result = await leave.call(this);
    membersOf.delete(this.cluster);
    return result;
  };
}
