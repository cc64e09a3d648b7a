/** What becomes of a test payment without any money. */
export type TestOutcome = 'complete' | 'fail' | 'expire' | 'review';

/** TrxIDs that say at the checkout what is to become of a test payment. */
export const testTrxIds: Readonly<Record<string, TestOutcome>> = {
  TESTPAID01: 'complete',
  TESTFAIL01: 'fail',
  TESTREVIEW: 'review',
};

/** Orders in BDT, in poisha, that say what is to become of a test payment the moment it is created. */
export const testAmounts: Readonly<Record<number, TestOutcome>> = {
  700_01: 'complete',
  700_02: 'fail',
  700_03: 'expire',
  700_04: 'review',
};
