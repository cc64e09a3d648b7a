export { ApiDocsModule } from './api-docs.module.js';
export { documentText } from './api-documents.js';
