/**
 * A shop of scenario `dispatch`: answers 200 to every POST, and tells on GET how many came. Run as a process of its
 * own.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

let heard = 0;

const server = createServer((request, answer) => {
  if (request.method === 'GET') {
    answer.end(String(heard));
    return;
  }
  request.resume();
  request.on('end', () => {
    heard += 1;
    answer.end('ok');
  });
});
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
process.on('SIGTERM', () => process.exit(0));
