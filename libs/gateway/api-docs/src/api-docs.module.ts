import { Module, type DynamicModule } from '@nestjs/common';
import type { ApiDescription } from '@paymatch/gateway-edge';
import { API_DOCUMENTS, apiDocument } from './api-documents.js';
import { DocsPageController } from './docs-page.controller.js';
import { DocumentsController } from './documents.controller.js';

/** The gateway's APIs as OpenAPI documents at `/openapi/{name}.json`, and a page that shows them at `/docs`. */
@Module({})
export class ApiDocsModule {
  static register(apis: readonly ApiDescription[]): DynamicModule {
    return {
      module: ApiDocsModule,
      controllers: [DocumentsController, DocsPageController],
      providers: [{ provide: API_DOCUMENTS, useFactory: () => apis.map(apiDocument) }],
    };
  }
}
