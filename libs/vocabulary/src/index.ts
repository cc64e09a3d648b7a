export * from './brazilian-documents.js';
