export type { AccountType, Direction, MessageInput, Outcome, ParsedMessage, ParseReason } from './message.js';
export type { ProviderTemplates, Sample, Template, TemplateStatus } from './template.js';
export { parseMessage, templateRegistry } from './shipped-registry.js';
export { buildRegistry, type TemplateRegistry } from './template-registry.js';
export { allTemplates } from './templates/all-templates.js';
export { lintPattern } from './pattern.lint.js';
export { toParseResult, type ParseResult } from './parse-result.js';
export { bodyLengthMax, normaliseText, textLengthMax } from './text-normaliser.js';
export { joinParts, type JoinedParts, type MessagePart } from './message-parts.js';
export { judgeBalance, judgeCounter, sameEventKey, type ChainVerdict, type HistoryEntry } from './message-history.js';
export {
  decideMatch, objection, type MatchDecision, type MatchReviewReason, type OpenClaim, type Slot, type SlotCredit,
} from './matching.decider.js';
export { comparePhones, normalisePhone, type PhoneAgreement } from './phone.js';
export { isTrxId, normaliseTrxId } from './trx-id.js';
