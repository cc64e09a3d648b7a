export { ApiDocsModule } from './api-docs.module.js';
export { documentText } from './api-documents.js';
export { referencePage, type ReferencePage } from './reference-page.js';
