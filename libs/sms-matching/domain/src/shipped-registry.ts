import type { MessageInput, ParsedMessage } from './message.js';
import { parseMessage as parseWith } from './message.parser.js';
import { buildRegistry, type TemplateRegistry } from './template-registry.js';
import { allTemplates } from './templates/all-templates.js';

/** The registry this version ships. A fault in it stops the start. */
export const templateRegistry: TemplateRegistry = buildRegistry(allTemplates);

/** {@link parseWith} against the shipped registry. */
export function parseMessage(input: MessageInput, registry: TemplateRegistry = templateRegistry): ParsedMessage {
  return parseWith(input, registry);
}
