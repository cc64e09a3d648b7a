import { inBanglaDigits as digits } from '../bangla.js';
import type { Provider } from '../providers.js';
import type { TrxIdProblem } from '../trx-id.js';
import type { Texts } from './en.js';

function shapeInWords(shape: Provider['trxId']): string {
  const length =
    shape.lengthMin === shape.lengthMax
      ? digits(shape.lengthMin)
      : `${digits(shape.lengthMin)} থেকে ${digits(shape.lengthMax)}`;
  return `${length}টি ${shape.alphabet === 'digits' ? 'সংখ্যা' : 'ইংরেজি অক্ষর ও সংখ্যা'}`;
}

const trxProblems: Readonly<
  Record<TrxIdProblem, (provider: string, shape: Provider['trxId'], trxId: string) => string>
> = {
  empty: () => 'নিশ্চিতকরণ মেসেজ থেকে TrxID লিখুন।',
  phone_number: () => 'এটি একটি ফোন নম্বর মনে হচ্ছে। TrxID হলো নিশ্চিতকরণ মেসেজে থাকা লেনদেন নম্বর।',
  length: (provider, shape, trxId) =>
    `${provider} TrxID-তে ${shapeInWords(shape)} থাকে; আপনারটিতে আছে ${digits(trxId.length)}টি।`,
  characters: (provider, shape) =>
    `${provider} TrxID-তে শুধু ${shapeInWords(shape)} থাকে${shape.alphabet === 'no_i_l_o_u' ? ', এবং I, L, O বা U কখনো থাকে না: 1 বা 0 দিয়ে চেষ্টা করুন' : ''}। প্রতিটি অক্ষর মিলিয়ে দেখুন।`,
};

/**
 * Every sentence of the checkout, in Bangla, with its digits. What is typed into an app, or read out to somebody, stays
 * as the app has it: numbers of wallets, TrxIDs, codes to dial.
 */
export const bn: Texts = {
  htmlLang: 'bn',
  languages: 'ভাষা',
  amountToPay: 'পরিশোধের পরিমাণ',
  orderAndCharge: (order, charge) => `অর্ডার ${order} + চার্জ ${charge}`,
  amount: 'পরিমাণ',
  invoice: 'ইনভয়েস',
  reference: 'রেফারেন্স',
  timeLeft: 'সময় বাকি',
  payBefore: (time) => `${time}‑এর আগে পরিশোধ করুন`,
  noPin: 'আমরা কখনো আপনার পিন বা ওটিপি চাই না। এগুলো শুধু আপনার ওয়ালেটের নিজস্ব অ্যাপে দিন।',
  poweredBy: 'পেমেন্ট পেজ: Paymatch',
  stepOf: (step) => `৩ ধাপের ${digits(step)} নম্বর`,
  stepNames: ['ওয়ালেট', 'টাকা পাঠান', 'নিশ্চিত করুন'],

  chooseTitle: 'কীভাবে পরিশোধ করতে চান?',
  chooseHint: 'যে ওয়ালেট থেকে টাকা পাঠাবেন সেটি বেছে নিন।',
  noWalletsTitle: 'দোকানটি এই মুহূর্তে পেমেন্ট নিতে পারছে না',
  noWalletsBody:
    'টাকা নেওয়ার জন্য দোকানটির কোনো ওয়ালেট চালু নেই। আপনার কোনো টাকা কাটা হয়নি। দোকানকে জানান, অথবা পরে আবার চেষ্টা করুন।',
  actions: {
    send_money: 'সেন্ড মানি',
    payment: 'পেমেন্ট',
    merchant_pay: 'মার্চেন্ট পে',
    cash_out: 'ক্যাশ আউট',
    bank: 'ব্যাংক ট্রান্সফার',
  },
  changeWallet: 'বদলান',

  sendTitle: (provider) => `${provider} দিয়ে পরিশোধ করুন`,
  stepOpen: (provider) => `আপনার ${provider} অ্যাপ খুলুন।`,
  stepOpenOrDial: (provider, ussd) => [`আপনার ${provider} অ্যাপ খুলুন অথবা `, ussd, ' ডায়াল করুন।'],
  stepChoose: (action) => ['', action, ' বেছে নিন।'],
  stepNumber: 'এই নম্বরটি দিন',
  stepHolder: (name) => ['অ্যাপে এই নাম দেখাবে: ', name, '।'],
  stepAmount: 'ঠিক এই পরিমাণটি দিন',
  exactWarning: 'দোকানকে ঠিক এই পরিমাণ টাকাই পেতে হবে। ওয়ালেট কোনো ফি নিলে তা এর অতিরিক্ত।',
  stepPin: 'পিন দিয়ে নিশ্চিত করুন, শুধু অ্যাপের ভেতরে।',
  stepTrx: 'নিশ্চিতকরণ মেসেজ থেকে TrxID কপি করে নিচে লিখুন।',
  copy: 'কপি',
  copied: 'কপি হয়েছে',
  copyNumber: 'নম্বর কপি করুন',
  copyAmount: 'পরিমাণ কপি করুন',
  sent: 'টাকা পাঠিয়েছি',

  formTitle: 'টাকা পাঠিয়েছেন? TrxID লিখুন',
  trxLabel: 'লেনদেন নম্বর (TrxID)',
  trxHelp: (provider, shape) =>
    `${provider} থেকে আসা পুরো মেসেজটি এখানে পেস্ট করুন, অথবা শুধু TrxID লিখুন: ${shapeInWords(shape)}, যেমন ${shape.example}।`,
  trxFound: 'মেসেজ থেকে TrxID পাওয়া গেছে',
  trxProblems,
  senderLabel: 'যে নম্বর থেকে পাঠিয়েছেন',
  optional: 'ঐচ্ছিক',
  senderHelp: 'দিলে আপনার পেমেন্ট দ্রুত খুঁজে পাওয়া যায়।',
  senderProblem: 'বাংলাদেশি মোবাইল নম্বর লিখুন, যেমন 01712345678, অথবা খালি রাখুন।',
  walletLabel: 'যেখানে পাঠিয়েছেন',
  submit: 'পেমেন্ট যাচাই করুন',
  submitting: 'যাচাই হচ্ছে…',
  cancelLink: 'এই পেমেন্ট বাতিল করুন',

  verifyingTitle: 'আপনার পেমেন্ট যাচাই হচ্ছে',
  verifyingBody: (provider) =>
    `টাকা পৌঁছেছে কি না, ${provider} থেকে তার নিশ্চয়তার অপেক্ষায় আছি। সাধারণত এক মিনিটেরও কম লাগে।`,
  verifyingStay: 'পেজটি নিজে থেকেই হালনাগাদ হয়। চাইলে বন্ধ করে পরে একই ঠিকানায় ফিরে আসতে পারেন।',
  trxReceived: 'TrxID পাওয়া গেছে',
  waitingFor: (provider) => `${provider}‑এর নিশ্চয়তার অপেক্ষা`,
  returnToShopStep: (shop) => `${shop}‑এ ফেরত`,
  longTitle: 'একটু বেশি সময় লাগছে',
  longBody: (provider) =>
    `${provider}‑এর মেসেজ এখনো আমাদের কাছে আসেনি। আপনার TrxID মিলিয়ে দেখুন: কোনো অক্ষর ভুল হলে ঠিক করুন। ঠিক থাকলে শুধু অপেক্ষা করুন, আবার টাকা পাঠাবেন না।`,
  veryLongTitle: (provider) => `${provider}‑এর মেসেজ এখনো আসেনি`,
  veryLongBody: (shop) =>
    `টাকা পাঠিয়ে থাকলে তা হারায়নি: এই TrxID দিয়েই খুঁজে পাওয়া যাবে। পেমেন্টটি ${shop}‑এর তালিকায় আছে; মেসেজ না এলে তাদের খোঁজ নিতে বলা হবে। আবার টাকা পাঠাবেন না। চাইলে পেজটি বন্ধ করে পরে ফিরে আসতে পারেন।`,
  shopSees: (shop) => `${shop} যা দেখছে`,
  trxSentAt: 'TrxID দেওয়া হয়েছে',
  typedWrong: 'ভুল লিখেছেন? ঠিক করুন',
  retypeTitle: 'TrxID ঠিক করুন',
  retypeBody: 'আবার টাকা পাঠাবেন না। যে টাকা পাঠিয়েছেন, শুধু তার সঠিক TrxID লিখুন।',
  retypeBack: 'না বদলে ফিরে যান',
  statusChanged: 'পেমেন্টের অবস্থা বদলেছে। লোড হচ্ছে…',

  reviewTitle: 'আমরা এটি নিজেরা যাচাই করে দেখছি',
  reviewBody: (shop) =>
    `আপনার টাকা দেখা গেছে, তবে একজন মানুষের যাচাই দরকার। ${shop} শিগগিরই সিদ্ধান্ত জানাবে। আবার টাকা পাঠাবেন না; TrxID রেখে দিন।`,
  missingTitle: 'আপনার টাকা পাঠানোর খবর এখনো আসেনি',
  missingBody: (shop: string) =>
    `এই TrxID-এর কোনো নিশ্চিতকরণ এখনো আসেনি। TrxID মিলিয়ে দেখুন, ভুল হলে ঠিক করুন। ঠিক থাকলে আবার টাকা পাঠাবেন না: ${shop}-কে দেখতে বলা হয়েছে, টাকা পাওয়া গেলেই এই পাতা বদলে যাবে।`,
  closedReview: 'এই পেমেন্টের টাকা এসেছে এবং একজন মানুষ তা যাচাই করছেন। আবার টাকা পাঠাবেন না; TrxID রেখে দিন।',

  completedTitle: 'পেমেন্ট সম্পন্ন',
  completedBody: (shop) => `${shop} আপনার টাকা পেয়েছে। ধন্যবাদ!`,
  paidAt: 'নিশ্চিত হয়েছে',
  returnNow: (shop) => `${shop}‑এ ফিরে যান`,
  returning: (seconds) => ['', digits(seconds), ' সেকেন্ড পরে ফিরে যাচ্ছেন…'],
  stay: 'এই পেজেই থাকুন',
  staying: 'আপনি এই পেজেই আছেন।',
  print: 'রসিদ প্রিন্ট বা সেভ করুন',
  paidWith: 'পরিশোধের মাধ্যম',
  endedAt: 'সময় শেষ হয়েছে',
  mayClose: 'এখন পেজটি বন্ধ করতে পারেন।',
  refundedTitle: 'এই পেমেন্টের টাকা ফেরত দেওয়া হয়েছে',
  refundedBody: (shop, amount) => `${shop} ${amount} ফেরত পাঠিয়েছে।`,

  cancelTitle: 'পেমেন্টটি বাতিল করবেন?',
  cancelBody: 'টাকা পাঠিয়ে থাকলে বাতিল করবেন না: ফিরে গিয়ে TrxID লিখুন।',
  cancelYes: 'হ্যাঁ, বাতিল করুন',
  cancelNo: 'না, ফিরে যান',
  cancelledTitle: 'পেমেন্ট বাতিল হয়েছে',
  cancelledBody: 'আপনি পেমেন্টটি বাতিল করেছেন। কোনো টাকা কাটা হয়নি।',
  failedTitle: 'পেমেন্ট নিশ্চিত হয়নি',
  failedBody: (shop) =>
    `পেমেন্টটি নিশ্চিত করা যায়নি। টাকা পাঠিয়ে থাকলে TrxID রেখে দিন এবং ${shop}‑এর সঙ্গে যোগাযোগ করুন: এটি দিয়েই আপনার টাকা খুঁজে পাওয়া যাবে।`,
  expiredTitle: 'পরিশোধের সময় শেষ',
  expiredBody: (shop) => `এর জন্য আর টাকা পাঠাবেন না। আগেই পাঠিয়ে থাকলে TrxID রেখে দিন এবং ${shop}‑এর সঙ্গে যোগাযোগ করুন।`,

  contactTitle: (shop) => `সাহায্য দরকার? ${shop}‑এর সঙ্গে যোগাযোগ করুন`,
  contactReference: 'এই রেফারেন্সটি জানান:',
  contactCall: 'কল করুন',
  contactMail: 'ই‑মেইল',
  contactMessage: (reference) => `পেমেন্টের রেফারেন্স: ${reference}`,
  handoffTitle: 'ফোনে চালিয়ে যান',
  handoffBody: 'ফোনের ক্যামেরা দিয়ে কোডটি স্ক্যান করুন: এই পেজটিই ফোনে খুলবে।',

  testBanner: 'TEST – পরীক্ষামূলক, আসল টাকা লেনদেন হয় না',
  testTitle: 'ফলাফল পরীক্ষা করুন',
  testBody: 'এটি পরীক্ষামূলক পেমেন্ট। টাকা ছাড়াই শেষ করুন:',
  testComplete: 'সম্পন্ন',
  testFail: 'ব্যর্থ',
  testExpire: 'মেয়াদ শেষ',

  notFoundTitle: 'পেমেন্ট পাওয়া যায়নি',
  notFoundBody: 'এই ঠিকানায় কোনো পেমেন্ট নেই। লিংকটি মিলিয়ে দেখুন, অথবা দোকানে ফিরে আবার শুরু করুন।',
  limitTitle: 'অনেকবার চেষ্টা হয়েছে',
  limitBody: (seconds) =>
    `${digits(seconds)} সেকেন্ড অপেক্ষা করুন, TrxID মিলিয়ে আবার চেষ্টা করুন। আপনার পেমেন্টের কোনো ক্ষতি হয়নি।`,
  unavailableTitle: 'পেমেন্ট সিস্টেমে পৌঁছানো যায়নি',
  unavailableBody: 'কিছুই হারায়নি। কয়েক সেকেন্ড পরে আবার চেষ্টা করুন; দুবার টাকা পাঠাবেন না।',
  faultTitle: 'আমাদের দিকে একটি সমস্যা হয়েছে',
  faultBody: 'কিছুই হারায়নি। আবার চেষ্টা করুন; দুবার টাকা পাঠাবেন না।',
  otherSiteTitle: 'পেমেন্ট পেজ থেকে শুরু করুন',
  otherSiteBody: 'ফর্মটি পেমেন্ট পেজ থেকে আসেনি, তাই কিছুই বদলানো হয়নি। পেমেন্টটি খুলে আবার চেষ্টা করুন।',
  otherMethodTitle: 'এই পেমেন্ট এই পেজে করা হয় না',
  otherMethodBody: 'দোকান যে পেমেন্টের তথ্য দিয়েছে তা ব্যবহার করুন।',
  retry: 'আবার চেষ্টা করুন',
  openPayment: 'পেমেন্ট খুলুন',

  noticeUnavailable: 'পেমেন্ট সিস্টেমে পৌঁছানো যায়নি। আপনি যা লিখেছেন তা আছে: কয়েক সেকেন্ড পরে আবার চেষ্টা করুন।',
  noticeAttempts:
    'এই পেমেন্টের TrxID আর বদলানো যাবে না। আমরা শেষ TrxID-টি খুঁজে যাচ্ছি; সেটি ভুল হলে দোকানের সঙ্গে যোগাযোগ করুন।',
  noticeRefused: 'এটি গ্রহণ করা যায়নি। যা লিখেছেন তা মিলিয়ে আবার চেষ্টা করুন।',
  noticeWalletGone:
    'ওই ওয়ালেটটি আর চালু নেই। অন্য একটি বেছে নিন। সেখানে আগেই টাকা পাঠিয়ে থাকলে দোকানের সঙ্গে যোগাযোগ করুন।',
  noticeClosed: 'পেমেন্টটি এইমাত্র বন্ধ হয়েছে।',
};
