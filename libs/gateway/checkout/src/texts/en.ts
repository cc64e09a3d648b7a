import type { TrxIdProblem } from '../trx-id.js';
import type { Provider } from '../providers.js';

/** A sentence around one word that the page sets apart: what stands before it, the word, what follows. */
export type Framed = readonly [before: string, word: string, after: string];

/** How the shape of a TrxID is described: `10 letters and digits`, `10–14 digits`. */
function shapeInWords(shape: Provider['trxId']): string {
  const length =
    shape.lengthMin === shape.lengthMax ? `${shape.lengthMin}` : `${shape.lengthMin} to ${shape.lengthMax}`;
  return `${length} ${shape.alphabet === 'digits' ? 'digits' : 'letters and digits'}`;
}

const trxProblems: Readonly<
  Record<TrxIdProblem, (provider: string, shape: Provider['trxId'], trxId: string) => string>
> = {
  empty: () => 'Enter the TrxID from your confirmation message.',
  phone_number: () =>
    'This looks like a phone number. The TrxID is the transaction number in your confirmation message.',
  length: (provider, shape, trxId) => `A ${provider} TrxID has ${shapeInWords(shape)}; this one has ${trxId.length}.`,
  characters: (provider, shape) =>
    `A ${provider} TrxID has only ${shapeInWords(shape)}${shape.alphabet === 'no_i_l_o_u' ? ', and never I, L, O or U: try 1 or 0 instead' : ''}. Check each character.`,
};

/** Every sentence of the checkout, in English. `bn.ts` has the same keys; the compiler sees to that. */
export const en = {
  htmlLang: 'en',
  languages: 'Language',
  amountToPay: 'Amount to pay',
  orderAndCharge: (order: string, charge: string) => `Order ${order} + charge ${charge}`,
  amount: 'Amount',
  invoice: 'Invoice',
  reference: 'Reference',
  timeLeft: 'Time left',
  payBefore: (time: string) => `Pay before ${time}`,
  noPin: 'We never ask for your PIN or OTP. Enter those only in your wallet’s own app.',
  poweredBy: 'Payment page by Paymatch',
  stepOf: (step: number) => `Step ${step} of 3`,
  stepNames: ['Wallet', 'Send', 'Confirm'],

  chooseTitle: 'How do you want to pay?',
  chooseHint: 'Choose the wallet you will send the money from.',
  noWalletsTitle: 'This shop cannot take payments right now',
  noWalletsBody:
    'The shop has not set up a wallet to pay to. Nothing was charged. Please tell the shop, or try again later.',
  actions: {
    send_money: 'Send Money',
    payment: 'Payment',
    merchant_pay: 'Merchant Pay',
    cash_out: 'Cash Out',
    bank: 'Bank transfer',
  },
  changeWallet: 'Change',

  sendTitle: (provider: string) => `Pay with ${provider}`,
  stepOpen: (provider: string) => `Open your ${provider} app.`,
  stepOpenOrDial: (provider: string, ussd: string): Framed => [`Open your ${provider} app or dial `, ussd, ''],
  stepChoose: (action: string): Framed => ['Choose ', action, '.'],
  stepNumber: 'Enter this number',
  stepHolder: (name: string): Framed => ['The app should show the name ', name, '.'],
  stepAmount: 'Enter exactly this amount',
  exactWarning: 'The shop must receive exactly this amount. If your wallet takes a fee, it comes on top.',
  stepPin: 'Confirm with your PIN, in the app only.',
  stepTrx: 'Copy the TrxID from the confirmation and enter it below.',
  copy: 'Copy',
  copied: 'Copied',
  copyNumber: 'Copy the number',
  copyAmount: 'Copy the amount',
  sent: 'I have sent it',

  formTitle: 'Sent it? Enter the TrxID',
  trxLabel: 'Transaction ID (TrxID)',
  trxHelp: (provider: string, shape: Provider['trxId']) =>
    `Paste the whole message from ${provider}, or only its TrxID: ${shapeInWords(shape)}, like ${shape.example}.`,
  trxFound: 'TrxID found in your message',
  trxProblems,
  senderLabel: 'Number you sent from',
  optional: 'optional',
  senderHelp: 'Helps us find your payment faster.',
  senderProblem: 'Enter a Bangladeshi mobile number, like 01712345678, or leave it empty.',
  walletLabel: 'Paid to',
  submit: 'Verify my payment',
  submitting: 'Checking…',
  cancelLink: 'Cancel this payment',

  verifyingTitle: 'Verifying your payment',
  verifyingBody: (provider: string) =>
    `We are waiting for ${provider} to confirm that your money arrived. This usually takes less than a minute.`,
  verifyingStay: 'This page updates by itself. You may also close it and come back later to the same address.',
  trxReceived: 'TrxID received',
  waitingFor: (provider: string) => `Waiting for ${provider}’s confirmation`,
  returnToShopStep: (shop: string) => `Back to ${shop}`,
  longTitle: 'This is taking longer than usual',
  longBody: (provider: string) =>
    `The message from ${provider} has not reached us yet. Check your TrxID: if a character is wrong, correct it. If it is right, simply wait, and do not send the money again.`,
  veryLongTitle: (provider: string) => `Still no message from ${provider}`,
  veryLongBody: (shop: string) =>
    `If you have sent the money, it is not lost: it can be found by this TrxID. ${shop} has this payment on its list and is asked to look for it if no message comes. Do not send it again. You may close this page and come back later.`,
  shopSees: (shop: string) => `What ${shop} sees`,
  trxSentAt: 'TrxID entered',
  typedWrong: 'Typed it wrong? Correct it',
  retypeTitle: 'Correct the TrxID',
  retypeBody: 'Do not send the money again. Only enter the right TrxID of the transfer you have already made.',
  retypeBack: 'Back without changes',
  statusChanged: 'The payment’s status has changed. Loading…',

  reviewTitle: 'We are checking this by hand',
  reviewBody: (shop: string) =>
    `Your money was seen, but something about it needs a person’s look. ${shop} will decide shortly. Do not send it again; keep your TrxID.`,
  missingTitle: 'Your transfer has not been seen yet',
  missingBody: (shop: string) =>
    `No confirmation with this TrxID has arrived so far. Check the TrxID and correct it if it is wrong. If it is right, do not send the money again: ${shop} has been told to look, and this page changes as soon as the money is found.`,
  closedReview:
    'Money for this payment has arrived and is being checked by a person. Do not send it again; keep your TrxID.',

  completedTitle: 'Payment complete',
  completedBody: (shop: string) => `${shop} has received your money. Thank you!`,
  paidAt: 'Confirmed',
  returnNow: (shop: string) => `Return to ${shop}`,
  returning: (seconds: number): Framed => ['Returning in ', String(seconds), ' s…'],
  stay: 'Stay on this page',
  staying: 'You stay on this page.',
  print: 'Print or save the receipt',
  paidWith: 'Payment method',
  endedAt: 'Time ended',
  mayClose: 'You may close this page now.',
  refundedTitle: 'This payment was refunded',
  refundedBody: (shop: string, amount: string) => `${shop} has sent back ${amount}.`,

  cancelTitle: 'Cancel this payment?',
  cancelBody: 'If you have already sent the money, do not cancel: go back and enter the TrxID instead.',
  cancelYes: 'Yes, cancel',
  cancelNo: 'No, go back',
  cancelledTitle: 'Payment cancelled',
  cancelledBody: 'You cancelled this payment. Nothing was charged.',
  failedTitle: 'Payment not confirmed',
  failedBody: (shop: string) =>
    `This payment could not be confirmed. If you have sent money, keep your TrxID and contact ${shop}: your money can be found with it.`,
  expiredTitle: 'The time to pay is over',
  expiredBody: (shop: string) =>
    `Do not send money for it any more. If you have sent it already, keep your TrxID and contact ${shop}.`,

  contactTitle: (shop: string) => `Need help? Contact ${shop}`,
  contactReference: 'Tell them this reference:',
  contactCall: 'Call',
  contactMail: 'E-mail',
  contactMessage: (reference: string) => `Payment reference: ${reference}`,
  handoffTitle: 'Continue on your phone',
  handoffBody: 'Scan this with your phone’s camera: this page opens there.',

  testBanner: 'TEST – no real money moves',
  testTitle: 'Try an outcome',
  testBody: 'This is a test payment. Finish it without money:',
  testComplete: 'Complete',
  testFail: 'Fail',
  testExpire: 'Expire',

  notFoundTitle: 'Payment not found',
  notFoundBody: 'There is no payment at this address. Check the link, or go back to the shop and start again.',
  limitTitle: 'Too many tries',
  limitBody: (seconds: number) =>
    `Please wait ${seconds} seconds, check your TrxID and try again. Your payment is not affected.`,
  unavailableTitle: 'We could not reach the payment system',
  unavailableBody: 'Nothing is lost. Please try again in a few seconds; do not send money twice.',
  faultTitle: 'Something went wrong on our side',
  faultBody: 'Nothing is lost. Please try again; do not send money twice.',
  otherSiteTitle: 'Please start from the payment page',
  otherSiteBody:
    'This form did not come from the payment page, so nothing was changed. Open the payment and try again.',
  otherMethodTitle: 'This payment is not made on this page',
  otherMethodBody: 'Use the payment details the shop has given you.',
  retry: 'Try again',
  openPayment: 'Open the payment',

  noticeUnavailable: 'We could not reach the payment system. What you typed is still here: try again in a few seconds.',
  noticeAttempts:
    'The TrxID cannot be changed any more for this payment. We keep looking for the last one; if it is wrong, contact the shop.',
  noticeRefused: 'This could not be accepted. Check what you typed and try again.',
  noticeWalletGone:
    'That wallet is not available any more. Please choose another. If you have already sent money to it, contact the shop.',
  noticeClosed: 'This payment has just been closed.',
};

export type Texts = typeof en;
