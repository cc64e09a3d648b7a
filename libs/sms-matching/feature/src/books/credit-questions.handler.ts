import { isUuid, type CreditAnswer, type CreditQuestion } from '@paymatch/contracts';
import type { Database } from '@paymatch/platform-postgres';
import { walletProviders } from '@paymatch/vocabulary';
import { refusal } from '../cases/credit-refusal.js';
import { listCases, viewCases } from '../cases/review-cases.store.js';
import {
  creditsOfPayment,
  findCredit,
  listCredits,
  listMessages,
  listUnknownTexts,
  reconcile,
} from './credit-books.store.js';
import { walletDays } from './wallet-days.store.js';

const LIMIT_MAX = 500;
const CASES_MAX = 20;
/** The longest period that is added up at once. */
const PERIOD_MAX_MS = 400 * 86_400_000;

/** Answers what people ask of the money that arrived. Changes nothing. */
export class CreditQuestionsHandler {
  constructor(private readonly options: { readonly database: Database }) {}

  async handle(question: CreditQuestion): Promise<CreditAnswer> {
    const { database } = this.options;
    switch (question.type) {
      case 'ListCredits':
        checkPage(question);
        return listCredits(database, question, walletProviders);
      case 'ListUnknownTexts':
        checkPage({ ...question, from: null, to: null });
        return listUnknownTexts(database, question);
      case 'ListMessages':
        checkPage(question);
        return listMessages(database, question);
      case 'GetCredit': {
        const found = isUuid(question.creditId) ? await findCredit(database, question) : null;
        if (found === null) throw refusal('CREDIT_NOT_FOUND', { creditId: question.creditId });
        return found;
      }
      case 'ListWalletDays':
        checkPeriod(question);
        return walletDays(database, question);
      case 'Reconcile':
        checkPeriod(question);
        return reconcile(database, question);
      case 'TellOfPayment': {
        const { merchantId, livemode, paymentId } = question;
        if (!isUuid(paymentId)) throw refusal('INVALID_COMMAND', { paymentId });
        const about = { merchantId, livemode, paymentId, status: null, reason: null, limit: CASES_MAX, before: null };
        return {
          credits: await creditsOfPayment(database, question),
          cases: await viewCases(database, await listCases(database, { ...about, type: 'ListReviewCases' })),
        };
      }
    }
  }
}

const questions: ReadonlySet<string> = new Set<CreditQuestion['type']>([
  'ListCredits',
  'GetCredit',
  'ListMessages',
  'ListUnknownTexts',
  'ListWalletDays',
  'Reconcile',
  'TellOfPayment',
]);

export function isQuestion(command: { readonly type: string }): command is CreditQuestion {
  return questions.has(command.type);
}

function checkPage(question: {
  readonly limit: number;
  readonly after: string | null;
  readonly from: string | null;
  readonly to: string | null;
}): void {
  const { limit, after, from, to } = question;
  if (!Number.isSafeInteger(limit) || limit < 1 || limit > LIMIT_MAX || (after !== null && !isUuid(after)))
    throw refusal('INVALID_COMMAND', { limit, after });
  if ([from, to].some((at) => at !== null && Number.isNaN(Date.parse(at))))
    throw refusal('INVALID_COMMAND', { from, to });
}

function checkPeriod({ from, to }: { readonly from: string; readonly to: string }): void {
  const length = Date.parse(to) - Date.parse(from);
  if (!(length >= 0 && length <= PERIOD_MAX_MS)) throw refusal('INVALID_COMMAND', { from, to });
}
