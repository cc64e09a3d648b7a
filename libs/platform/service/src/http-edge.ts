import type { FastifyAdapter, NestFastifyApplication } from '@nestjs/platform-fastify';

/** The HTTP edge of a process: how its adapter is made and what is hooked into it. */
export interface HttpEdge {
  createAdapter(): FastifyAdapter;
  configure(app: NestFastifyApplication): void;
}
