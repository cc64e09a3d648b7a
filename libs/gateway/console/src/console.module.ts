import path from 'node:path';
import { Module, type DynamicModule } from '@nestjs/common';
import { CONSOLE_FILES, ConsoleFiles } from './console-files.js';
import { ConsoleController } from './console.controller.js';

/** Where `npm run build:console` puts the application; the same from the sources as from what is compiled. */
const BUILT = path.resolve(__dirname, '../../../../apps/console-web/dist/web');

/** The web application for merchants' people and the operator, at `/console`. */
@Module({})
export class ConsoleModule {
  static register({ folder = BUILT }: { readonly folder?: string } = {}): DynamicModule {
    return {
      module: ConsoleModule,
      controllers: [ConsoleController],
      providers: [{ provide: CONSOLE_FILES, useValue: new ConsoleFiles(folder) }],
    };
  }
}
