export * from './group-commit.js';
export * from './stored-event.js';
