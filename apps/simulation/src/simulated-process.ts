import { AsyncLocalStorage } from 'node:async_hooks';

const current = new AsyncLocalStorage<SimulatedProcess>();

/**
 * What dies together: services in one process. Whatever is begun within `run`, and all that follows from it, belongs to
 * the process; once it is dead nothing of it goes on: its timers never come, and its statements are never answered.
 */
export class SimulatedProcess {
  private dead = false;

  constructor(readonly name: string) {}

  static get current(): SimulatedProcess | undefined {
    return current.getStore();
  }

  get isDead(): boolean {
    return this.dead;
  }

  run<T>(work: () => T): T {
    return current.run(this, work);
  }

  die(): void {
    this.dead = true;
  }
}
