export type { AccountType, Direction } from './account-types.js';
export type { MessageInput, Outcome, ParsedMessage, ParseReason } from './message.js';
export type { ProviderTemplates, Sample, Template, TemplateStatus } from './template.js';
export { parserVersion } from './message.parser.js';
export { parseMessage, templateRegistry } from './shipped-registry.js';
export { buildRegistry, type TemplateRegistry } from './template-registry.js';
export { allTemplates } from './templates/all-templates.js';
export { lintPattern } from './pattern.lint.js';
export { toParseResult, type ParseResult } from './parse-result.js';
export { bodyLengthMax, normaliseText, textLengthMax } from './text-normaliser.js';
export { joinParts, type JoinedParts, type MessagePart } from './message-parts.js';
export { judgeBalance, judgeCounter, sameEventKey, type ChainVerdict, type HistoryEntry } from './message-history.js';
export { chainNeighboursMax, judgeMovements, type ChainDoubt, type Movement } from './wallet-chain.js';
export {
  decideMatch,
  objection,
  type MatchDecision,
  type MatchReviewReason,
  type OpenClaim,
  type Slot,
  type SlotCredit,
} from './matching.decider.js';
export { comparePhones, normalisePhone, type PhoneAgreement } from './phone.js';
export { isTrxId, normaliseTrxId } from './trx-id.js';
export { readDocument } from './bank/printed-documents.js';
export { claimKeys, findPayer, normaliseName, payerKey, type Payer } from './bank/payer.js';
export {
  decodeStatement,
  statementBytesMax,
  type Statement,
  type StatementFault,
  type StatementLine,
} from './bank/statement.js';
export { readCsvStatement } from './bank/csv-statement.js';
export { readOfxStatement } from './bank/ofx-statement.js';
export { decideBankTransfer, type BankClaim } from './bank/bank-matching.decider.js';
export {
  bankIdOf,
  daysApartMax,
  identifyMoney,
  isPixLine,
  lineIdentities,
  transferIdOf,
  type BankEvidence,
  type BankSource,
  type KnownMoney,
  type MoneyIdentity,
} from './bank/same-money.js';
export { markFields, type FieldPlace } from './marked-fields.js';
