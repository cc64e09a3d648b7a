import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ReceivedWebhook {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export type Behaviour = (answer: ServerResponse, received: ReceivedWebhook) => void;

export const answers =
  (status: number, headers: Record<string, string> = {}): Behaviour =>
  (answer) => {
    answer.writeHead(status, headers).end('ok');
  };
/** Takes the request and never says anything. */
export const hangs: Behaviour = () => undefined;
export const resets: Behaviour = (answer) => {
  answer.socket?.resetAndDestroy();
};
/** Sends a header byte by byte and never ends it. */
export const dripsHeaders: Behaviour = (answer) => {
  const socket = answer.socket!;
  socket.write('HTTP/1.1 200 OK\r\nx-slow: ');
  const timer = setInterval(() => {
    socket.write('a');
  }, 20);
  socket.on('close', () => {
    clearInterval(timer);
  });
  socket.on('error', () => {
    clearInterval(timer);
  });
};
export const speaksNonsense: Behaviour = (answer) => {
  answer.socket!.end('SMTP ready, say EHLO\r\n\r\n');
};

/** A real HTTP server on a loopback socket that treats its callers as badly as it is told to. */
export class HostileReceiver {
  readonly received: ReceivedWebhook[] = [];
  private script: Behaviour[] = [];
  private byDefault: Behaviour = answers(200);

  private constructor(private readonly server: Server) {}

  static async listen(): Promise<HostileReceiver> {
    const server = createServer();
    const receiver = new HostileReceiver(server);
    server.on('request', (request: IncomingMessage, answer: ServerResponse) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () =>
        receiver.take(
          { path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString('utf8') },
          answer,
        ),
      );
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    return receiver;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  url(path = '/hook'): string {
    return `http://127.0.0.1:${this.port}${path}`;
  }

  /** One behaviour per request, in order; afterwards `otherwise` for all. */
  behave(script: readonly Behaviour[], otherwise: Behaviour = answers(200)): void {
    this.script = [...script];
    this.byDefault = otherwise;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => {
      this.server.close(resolve);
    });
  }

  private take(received: ReceivedWebhook, answer: ServerResponse): void {
    this.received.push(received);
    (this.script.shift() ?? this.byDefault)(answer, received);
  }
}
