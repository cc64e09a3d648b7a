import type { AccountOwner, BankAccount, PixAccount, ReceivingStores } from '@paymatch/gateway-receiving';
import type { AccessStores } from '@paymatch/gateway-access';

/** What somebody needs to try contract B, in both modes. */
export interface SmartFastPayDemo {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly sandboxClientId: string;
  readonly sandboxClientSecret: string;
  /** What a bank would be given for its Pix notices: it posts to this address, or to `/pix` below it. */
  readonly pixCallbackUrl: string;
  readonly sandboxPixCallbackUrl: string;
  readonly pix: PixAccount;
  readonly bank: BankAccount;
  /** What a dollar costs in BRL; set anew at each start, good for `PAYMATCH_EXCHANGE_AGE_MAX_HOURS`. */
  readonly exchangeRate: string;
}

/** What the demo of contract B is made in. */
export type ContractBStores = Pick<AccessStores, 'clients'> & Pick<ReceivingStores, 'accounts' | 'exchange'>;

interface DemoOwner {
  readonly merchantId: string;
  readonly baseUrl: string;
  readonly rateLimitPerMinute: number;
}

/** A random key, as the Banco Central gives them out; nobody's. */
const demoPix: PixAccount = {
  pixKey: '7d9f0335-8dcc-4054-9bf9-0dbd61d36906',
  beneficiary: 'Loja Exemplo Ltda',
  city: 'São Paulo',
};
const demoBank: BankAccount = {
  name: 'VIACREDI',
  code: '085',
  agency: '0101-5',
  account: '12551163',
  accountOperation: 'Conta Corrente',
  document: '34.911.051/0001-97',
  beneficiary: 'Loja Exemplo Ltda',
};
const demoRate = '5.19';
const demoActor = 'demo';

/**
 * The demo merchant's contract B: what is known is kept while it works, what is missing is made. The rate is set at
 * each start, since one that nobody looks after grows too old to sell at; a rate that somebody else has set is theirs
 * and stays.
 */
export async function ensureSmartFastPay(
  stores: ContractBStores,
  known: SmartFastPayDemo | null,
  owner: DemoOwner,
): Promise<SmartFastPayDemo> {
  const [live, sandbox] = [true, false].map((livemode) => ({ merchantId: owner.merchantId, livemode })) as [
    AccountOwner,
    AccountOwner,
  ];
  await ensureAccounts(stores, sandbox);
  const { pix, bank } = await ensureAccounts(stores, live);
  const exchangeRate = await ensureRate(stores, owner.merchantId);
  const credentials =
    known !== null && (await works(stores, known))
      ? movedTo(known, owner.baseUrl)
      : await makeCredentials(stores, { live, sandbox, owner });
  return { ...credentials, pix, bank, exchangeRate };
}

type Credentials = Omit<SmartFastPayDemo, 'pix' | 'bank' | 'exchangeRate'>;

async function works({ clients }: ContractBStores, known: SmartFastPayDemo): Promise<boolean> {
  return (
    (await clients.verify(known.clientId, known.clientSecret)) !== null &&
    (await clients.verify(known.sandboxClientId, known.sandboxClientSecret)) !== null
  );
}

/** The gateway may answer elsewhere this time; the paths stay. */
function movedTo(known: SmartFastPayDemo, baseUrl: string): Credentials {
  const { clientId, clientSecret, sandboxClientId, sandboxClientSecret } = known;
  const moved = (url: string): string => `${baseUrl}${new URL(url).pathname}`;
  return {
    clientId,
    clientSecret,
    sandboxClientId,
    sandboxClientSecret,
    pixCallbackUrl: moved(known.pixCallbackUrl),
    sandboxPixCallbackUrl: moved(known.sandboxPixCallbackUrl),
  };
}

async function makeCredentials(
  stores: ContractBStores,
  made: { readonly live: AccountOwner; readonly sandbox: AccountOwner; readonly owner: DemoOwner },
): Promise<Credentials> {
  const {
    live,
    sandbox,
    owner: { baseUrl, rateLimitPerMinute },
  } = made;
  const callbackUrl = async (owner: AccountOwner): Promise<string> => {
    const address = await stores.accounts.issuePixCallback(owner, { withHeader: false });
    if (address === null)
      throw new Error(`the demo merchant ${owner.merchantId} has a Pix account and gets no address for it`);
    return `${baseUrl}${address.urlPath}`;
  };
  const { clientId, clientSecret } = await stores.clients.issue({ ...live, rateLimitPerMinute });
  const { clientId: sandboxClientId, clientSecret: sandboxClientSecret } = await stores.clients.issue({
    ...sandbox,
    rateLimitPerMinute,
  });
  return {
    clientId,
    clientSecret,
    sandboxClientId,
    sandboxClientSecret,
    pixCallbackUrl: await callbackUrl(live),
    sandboxPixCallbackUrl: await callbackUrl(sandbox),
  };
}

async function ensureAccounts(
  { accounts }: ContractBStores,
  owner: AccountOwner,
): Promise<{ readonly pix: PixAccount; readonly bank: BankAccount }> {
  const [pix, bank] = [await accounts.pix(owner), await accounts.bank(owner)];
  if (pix === null) await accounts.setPix(owner, demoPix);
  if (bank === null) await accounts.setBank(owner, demoBank);
  return { pix: pix ?? demoPix, bank: bank ?? demoBank };
}

async function ensureRate({ exchange }: ContractBStores, merchantId: string): Promise<string> {
  const newest = (await exchange.list(merchantId)).find(({ baseCurrency }) => baseCurrency === 'USD');
  if (newest !== undefined && newest.setBy !== demoActor) return newest.rate;
  return (await exchange.set({ merchantId, baseCurrency: 'USD', rate: demoRate, setBy: demoActor })).rate;
}
