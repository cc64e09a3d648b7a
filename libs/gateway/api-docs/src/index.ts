export { ApiDocsModule } from './api-docs.module.js';
export { documentText } from './api-documents.js';
export { referenceTables, type ReferenceTables } from './reference-page.js';
