// Jest takes no time limit per tier: whole systems and real servers get a minute or two, pure code five seconds.
const limitsMs = { int: 60_000, bus: 90_000, e2e: 180_000 } as const;
const tier = /\.(int|bus|e2e)\.spec\.ts$/.exec(expect.getState().testPath ?? '')?.[1] as
  keyof typeof limitsMs | undefined;
jest.setTimeout(tier === undefined ? 5_000 : limitsMs[tier]);
