interface ConsumerGroup {
  readonly cluster: object;
  readonly coordinator: object | null;
  memberId: string | null;
}

type Step = (this: ConsumerGroup) => Promise<unknown>;

interface ConsumerGroupClass {
  readonly prototype: Record<'connect' | 'joinAndSync' | 'leave', Step>;
}

type Send = (this: object, request: unknown) => Promise<unknown>;

interface BrokerClass {
  readonly prototype: Record<symbol, Send>;
}

/** Who each consumer was in its group; a consumer keeps its `cluster` from one start to the next. */
const membersOf = new WeakMap<object, string>();
/** The member that a consumer's coordinator, which is its own object, told it to join as. */
const assignedMembers = new WeakMap<object, string>();
let isPatched = false;

/**
 * kafkajs 2.2.4 forgets who it was when it starts again after its broker was away: it joins as a new member, and the
 * group waits for the old one, whom nobody is any more, until that one's session ends. It comes back as the member it
 * was, which the group knows; one that the group has given up meanwhile is told so, and joins anew at once. The same
 * holds for one whose connection is lost while it still joins: it is a member from the moment it was told as whom to
 * join.
 */
export function patchGroupMember(): void {
  if (isPatched) return;
  isPatched = true;
  patchTelling();
  const { prototype } = require('kafkajs/src/consumer/consumerGroup') as ConsumerGroupClass;
  const { connect, joinAndSync, leave } = prototype;
  prototype.connect = async function connectAgain(): Promise<unknown> {
    const result = await connect.call(this);
    this.memberId ??= membersOf.get(this.cluster) ?? null;
    return result;
  };
  prototype.joinAndSync = async function joinAndRemember(): Promise<unknown> {
    try {
      return await joinAndSync.call(this);
    } finally {
      const member = this.memberId ?? (this.coordinator === null ? undefined : assignedMembers.get(this.coordinator));
      if (member !== undefined) membersOf.set(this.cluster, member);
    }
  };
  prototype.leave = async function leaveAndForget(): Promise<unknown> {
    const result = await leave.call(this);
    membersOf.delete(this.cluster);
    if (this.coordinator !== null) assignedMembers.delete(this.coordinator);
    return result;
  };
}

/** kafkajs keeps what it is told to itself until it has joined. */
function patchTelling(): void {
  const { prototype } = require('kafkajs/src/broker') as BrokerClass;
  const sending = Object.getOwnPropertySymbols(prototype).find(
    ({ description }) => description === 'private:Broker:sendRequest',
  );
  const send = sending === undefined ? undefined : prototype[sending];
  if (sending === undefined || send === undefined) throw new Error('this kafkajs is not the one that is patched here');
  prototype[sending] = async function sendAndNote(request: unknown): Promise<unknown> {
    try {
      return await send.call(this, request);
    } catch (error) {
      const { name, memberId } = error as { readonly name?: string; readonly memberId?: string };
      if (name === 'KafkaJSMemberIdRequired' && memberId !== undefined) assignedMembers.set(this, memberId);
      throw error;
    }
  };
}
