import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

const TYPE_A = 1;
const HEADER_BYTES = 12;

/**
 * What the containers' network answers when it is asked for a service: the addresses of its running instances, and
 * nothing else.
 */
export class NameServer {
  private constructor(private readonly socket: Socket) {}

  static async start(addressesOf: (name: string) => readonly string[]): Promise<NameServer> {
    const socket = createSocket('udp4');
    socket.on('message', (query, from) => {
      if (query.length > HEADER_BYTES) socket.send(answer(query, addressesOf), from.port, from.address);
    });
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    return new NameServer(socket);
  }

  get address(): string {
    return `127.0.0.1:${(this.socket.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.socket.close();
  }
}

/** RFC 1035, section 4: one question, answered from memory and never to be kept. */
function answer(query: Buffer, addressesOf: (name: string) => readonly string[]): Buffer {
  const labels: string[] = [];
  let at = HEADER_BYTES;
  while (at < query.length && query[at] !== 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + query[at]!));
    at += 1 + query[at]!;
  }
  const question = query.subarray(HEADER_BYTES, at + 5);
  const isAddress = question.readUInt16BE(question.length - 4) === TYPE_A;
  const addresses = isAddress ? addressesOf(labels.join('.')) : [];
  const header = Buffer.alloc(HEADER_BYTES);
  query.copy(header, 0, 0, 2);
  // An answer, recursion available; no error.
  header.writeUInt16BE(0x8180, 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(addresses.length, 6);
  const records = addresses.map((address) =>
    // The question's name, type A, class IN, kept for 0 s, four bytes.
    Buffer.from([0xc0, HEADER_BYTES, 0, TYPE_A, 0, 1, 0, 0, 0, 0, 0, 4, ...address.split('.').map(Number)]),
  );
  return Buffer.concat([header, question, ...records]);
}
