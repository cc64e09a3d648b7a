import type { PaymentSnapshot } from '@paymatch/contracts';
import { readLogo } from '@paymatch/gateway-access';
import { deflateSync } from 'node:zlib';
import { pagePath, type CheckoutWorld } from './checkout-world.js';

/** One thing a customer may see, and the heading it is known by in each language. */
export interface CheckoutState {
  readonly name: string;
  readonly path: string;
  readonly heading: Readonly<Record<'en' | 'bn' | 'pt', string>>;
  /** Sent with the form of the page before it is looked at. */
  readonly typed?: string;
}

const MINUTE_MS = 60_000;
const PIX_CODE =
  '00020126580014br.gov.bcb.pix01367d9f0335-8dcc-4054-9bf9-0dbd61d3690652040000530398654071557.005802BR5917LOJA EXEMPLO LTDA6009SAO PAULO62290525PGW01JXYZ000000000000000163043E97';

/** Everything the checkout can show, put directly into being: a shop of Bangladesh with a brand, and one of Brazil. */
export async function checkoutStates(world: CheckoutWorld): Promise<readonly CheckoutState[]> {
  const shop = world.addMerchant({ name: 'Dhaka Books' });
  await world.brandsPort.change(
    { merchantId: shop.id, livemode: true },
    {
      logo: readLogo(bookLogo()),
      supportPhone: '09612-345678',
      whatsapp: '+8801712345678',
      supportEmail: 'help@dhakabooks.example',
      accountHolder: 'Dhaka Books Ltd',
    },
  );
  const wallets = [true, false].map((livemode) => {
    const first = world.addWallet(shop.id, { livemode });
    world.addWallet(shop.id, { livemode, provider: 'nagad', number: '01898765432', accountType: 'merchant' });
    world.addWallet(shop.id, { livemode, provider: 'rocket', number: '017555511112' });
    return first;
  });
  const bkash = wallets[0]!;
  const pay = (details: Partial<PaymentSnapshot> = {}): string => pagePath(world.addPayment(shop.id, details));
  const ago = (minutes: number): string => new Date(world.nowMs - minutes * MINUTE_MS).toISOString();
  const sent = (minutes: number, details: Partial<PaymentSnapshot> = {}): string =>
    pay({
      status: 'awaiting_verification',
      provider: 'bkash',
      trxId: 'DH7K2M9QX4',
      walletNumber: bkash.number,
      trxAttempts: 1,
      updatedAt: ago(minutes),
      ...details,
    });
  const back = { successUrl: 'https://shop.example/thanks', cancelUrl: 'https://shop.example/cart' };
  return [
    { name: 'choose', path: pay(), heading: say('How do you want to pay?', 'কীভাবে পরিশোধ', 'Como você quer pagar?') },
    {
      name: 'send',
      path: `${pay()}?wallet=${bkash.id}`,
      heading: say('Pay with bKash', 'বিকাশ দিয়ে পরিশোধ', 'Pague com bKash'),
    },
    {
      name: 'wrong-trxid',
      path: `${pay()}?wallet=${bkash.id}`,
      typed: 'DH7K2M9Q',
      heading: say('Pay with bKash', 'বিকাশ দিয়ে পরিশোধ', 'Pague com bKash'),
    },
    { name: 'waiting', path: sent(0), heading: say('Verifying your payment', 'আপনার পেমেন্ট যাচাই', 'Verificando') },
    {
      name: 'waiting-2-minutes',
      path: sent(3),
      heading: say('This is taking longer', 'একটু বেশি সময়', 'Está demorando mais'),
    },
    {
      name: 'waiting-10-minutes',
      path: sent(12),
      heading: say('Still no message from bKash', 'মেসেজ এখনো আসেনি', 'A mensagem de bKash ainda'),
    },
    {
      name: 'correct-trxid',
      path: `${sent(3)}?change=1`,
      heading: say('Correct the TrxID', 'TrxID ঠিক করুন', 'Corrigir o TrxID'),
    },
    {
      name: 'under-review',
      path: sent(1, { reviewReason: 'amount_mismatch' }),
      heading: say('We are checking this by hand', 'আমরা এটি নিজেরা', 'Estamos conferindo'),
    },
    {
      name: 'message-missing',
      path: sent(16, { reviewReason: 'message_missing' }),
      heading: say('Your transfer has not been seen yet', 'আপনার টাকা পাঠানোর খবর', 'Sua transferência ainda'),
    },
    {
      name: 'completed',
      path: sent(1, { ...back, status: 'completed', completedAt: ago(0) }),
      heading: say('Payment complete', 'পেমেন্ট সম্পন্ন', 'Pagamento concluído'),
    },
    {
      name: 'refunded',
      path: sent(1, { status: 'refunded', completedAt: ago(30), refundedMinor: 150_000 }),
      heading: say('This payment was refunded', 'টাকা ফেরত দেওয়া হয়েছে', 'Este pagamento foi devolvido'),
    },
    {
      name: 'failed',
      path: sent(1, { ...back, status: 'failed', failureReason: 'rejected_by_admin' }),
      heading: say('Payment not confirmed', 'পেমেন্ট নিশ্চিত হয়নি', 'Pagamento não confirmado'),
    },
    {
      name: 'expired',
      path: pay({ ...back, status: 'expired', expiresAt: ago(5) }),
      heading: say('The time to pay is over', 'পরিশোধের সময় শেষ', 'O prazo para pagar terminou'),
    },
    {
      name: 'cancel',
      path: `${pay()}/cancel`,
      heading: say('Cancel this payment?', 'পেমেন্টটি বাতিল করবেন?', 'Cancelar este pagamento?'),
    },
    {
      name: 'sandbox',
      path: pay({ livemode: false }),
      heading: say('How do you want to pay?', 'কীভাবে পরিশোধ', 'Como você quer pagar?'),
    },
    {
      name: 'not-found',
      path: '/pay/01k000000000000000000000a1',
      heading: say('Payment not found', 'পেমেন্ট পাওয়া যায়নি', 'Pagamento não encontrado'),
    },
    ...(await brazilianStates(world)),
  ];
}

async function brazilianStates(world: CheckoutWorld): Promise<readonly CheckoutState[]> {
  const shop = world.addMerchant({ name: 'Loja Exemplo' });
  await world.brandsPort.change(
    { merchantId: shop.id, livemode: true },
    { colour: '#6d28d9', supportEmail: 'ajuda@loja.example', whatsapp: '+5511912345678' },
  );
  const payment = (details: Partial<PaymentSnapshot>): PaymentSnapshot =>
    world.addPayment(shop.id, {
      dialect: 'smartfastpay',
      currency: 'BRL',
      amountMinor: 155_700,
      invoiceId: 'PED-1001',
      expiresAt: new Date(world.nowMs + 60 * MINUTE_MS).toISOString(),
      ...details,
    });
  const beneficiary = 'Loja Exemplo Ltda';
  const pix = {
    method: 'pix',
    instructions: { brCode: PIX_CODE, txid: 'PGW01JXYZ0000000000000001', pixKey: '7d9f0335', beneficiary },
  } as const;
  const bank = {
    method: 'bank_transfer',
    instructions: {
      bankName: 'VIACREDI',
      bankCode: '085',
      agency: '0101-5',
      account: '12551163',
      accountOperation: 'Conta Corrente',
      document: '34.911.051/0001-97',
      beneficiary,
    },
  } as const;
  return [
    {
      name: 'pix',
      path: pagePath(payment(pix)),
      heading: say('Pay with Pix', 'Pix দিয়ে পরিশোধ', 'Pague com Pix'),
    },
    {
      // As contract B's shops spell the address.
      name: 'pix-completed',
      path: `/pay/${payment({ ...pix, status: 'completed', trxId: 'E1234567820260612113000000000001', completedAt: new Date(world.nowMs).toISOString() }).id}`,
      heading: say('Payment complete', 'পেমেন্ট সম্পন্ন', 'Pagamento concluído'),
    },
    {
      name: 'bank-transfer',
      path: pagePath(payment(bank)),
      heading: say('Pay by bank transfer', 'ব্যাংক ট্রান্সফারে', 'Pague por transferência'),
    },
  ];
}

function say(en: string, bn: string, pt: string): CheckoutState['heading'] {
  return { en, bn, pt };
}

/** An open book, drawn here: 64 pixels a side. */
function bookLogo(): Buffer {
  const side = 64;
  const rows = Array.from({ length: side }, (_, y) => {
    const row = Buffer.alloc(1 + side * 3, 0xff);
    row[0] = 0;
    for (let x = 0; x < side; x += 1) {
      const isPage = y > 16 && y < 50 - Math.abs(x - 32) / 4 + 6 && x > 6 && x < 58 && Math.abs(x - 32) > 1;
      if (isPage) row.set(Math.abs(x - 32) > 22 ? [13, 110, 83] : [23, 148, 112], 1 + x * 3);
    }
    return row;
  });
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const chunks = [
    pngChunk('IHDR', header),
    pngChunk('IDAT', deflateSync(Buffer.concat(rows))),
    pngChunk('IEND', Buffer.alloc(0)),
  ];
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), ...chunks]);
}

function pngChunk(kind: string, data: Buffer): Buffer {
  const content = Buffer.concat([Buffer.from(kind, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(content), 4);
  return Buffer.concat([frame.subarray(0, 4), content, frame.subarray(4)]);
}

/** As PNG has it (specification, annex D). */
function crc32(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}
