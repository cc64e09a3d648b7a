/** Schedules that broke a promise once, and what was wrong; each is run again by a test. */
export const keptSeeds: readonly { readonly seed: number; readonly found: string }[] = [];
