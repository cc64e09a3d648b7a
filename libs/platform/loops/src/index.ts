export * from './supervised-loop.js';
export * from './wakeup.js';
