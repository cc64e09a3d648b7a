import { derived, real, templatesOf, type ProviderTemplates } from '../template.js';

/**
 * Brazilian push notifications: the app's package is the sender, title and body are glued by the listener. No id, no
 * balance, no time: a hint that somebody paid, which a person or the bank's own interface has to confirm.
 */
const pix = (provider: string, senders: readonly string[]) =>
  templatesOf({
    provider,
    senders,
    tz: 'America/Sao_Paulo',
    money: ['br', 'plain'],
    accountTypes: ['personal', 'merchant', 'bank'],
  });
const HINT = { kind: 'pix_received', status: 'review_only' } as const;
const SENT = { kind: 'pix_sent' } as const;
const YOU = 'Voc[êe]';
const NAME = String.raw`(?<counterparty>[^\n]{2,80}?)`;
const TOUCH = String.raw`\.?(?: Toque para visualizar o pagamento\.?)?$`;
const NOW = String.raw`[ \n]?`;

const picpaySenders = ['com.picpay'];
const picpay = pix('br_picpay', picpaySenders);
export const picpayTemplates: ProviderTemplates = {
  provider: 'br_picpay',
  senders: picpaySenders,
  templates: [
    picpay.credit('pix_titled', {
      ...HINT,
      pattern: String.raw`^(?:PicPay • agora)?${NOW}${NAME} enviou um Pix para voc[êe]${NOW}${YOU} recebeu um Pix de R\$ ?{amount}${TOUCH}`,
      samples: [real('PicPay • agoraDEMO PAGADOR TESTE enviou um Pix para vocêVocê recebeu um Pix de R$0,85.')],
    }),
    picpay.credit('pix_named', {
      ...HINT,
      pattern: String.raw`^(?:PicPay • agora)?${NOW}${YOU} recebeu R\$ ?{amount} de (?<counterparty>[^\n]{2,80}?)\.?$`,
      samples: [real('PicPay • agoraVocê recebeu R$ 10,50 de Demo Silva')],
    }),
    picpay.credit('pix_unnamed', {
      ...HINT,
      pattern: String.raw`^(?:PicPay • agora)?${NOW}${YOU} recebeu um Pix de R\$ ?{amount}${TOUCH}`,
      samples: [real('Você recebeu um Pix de R$ 1.250,01. Toque para visualizar o pagamento', { amount: '1250.01' })],
      nearMisses: [
        'Você recebeu um Pix de R$ 1.350,00 que precisa ser confirmado. Acesse https://bit.ly/demo para liberar.',
      ],
    }),
    picpay.outgoing('pix_sent_to', {
      ...SENT,
      pattern: String.raw`^(?:PicPay • agora)?${NOW}Pix enviado para ${NAME} no valor de R\$ ?{amount}\.?$`,
      samples: [real('Pix enviado para Demo Ribeiro de Tal no valor de R$ 0,02')],
    }),
    picpay.outgoing('pix_sent', {
      ...SENT,
      pattern: String.raw`^(?:PicPay • agora)?${NOW}(?:Pix enviado)?${NOW}${YOU} enviou um Pix no valor de R\$ ?{amount} para (?<counterparty>[^\n]{2,80}?)\.?$`,
      samples: [
        real('PicPay • agoraPix enviadoVocê enviou um Pix no valor de R$ 30,50 para DEMO NOME.', {
          amount: '30.50',
          counterparty: 'DEMO NOME',
        }),
      ],
    }),
  ],
};

const neonSenders = ['Neon'];
const neon = pix('br_neon', neonSenders);
export const neonTemplates: ProviderTemplates = {
  provider: 'br_neon',
  senders: neonSenders,
  templates: [
    neon.credit('pix_received', {
      ...HINT,
      pattern: String.raw`^(?:Neon • agora)?${NOW}(?:Pix recebido)?${NOW}${YOU} recebeu um Pix de ${NAME} no valor de R\$ ?{amount}\.?$`,
      samples: [
        real('Neon • agoraPix recebidoVocê recebeu um Pix de Demo Bispo no valor de R$ 110,00.'),
        real('Pix recebidoVoce recebeu um Pix de Demo Silva CPF *.111.222- no valor de R$ 0,95.', {
          amount: '0.95',
          counterparty: 'Demo Silva CPF *.111.222-',
        }),
      ],
    }),
    neon.outgoing('pix_sent', {
      ...SENT,
      pattern: String.raw`^(?:Neon • agora)?${NOW}(?:Pix enviado)?${NOW}${YOU} enviou um Pix (?:para ${NAME} )?no valor de R\$ ?{amount}\.?$`,
      samples: [real('Neon • agoraPix enviadoVoce enviou um Pix no valor de R$ 35,00.')],
    }),
  ],
};

const itauSenders = ['com.itau'];
const itau = pix('br_itau', itauSenders);
export const itauTemplates: ProviderTemplates = {
  provider: 'br_itau',
  senders: itauSenders,
  templates: [
    itau.credit('pix_received', {
      ...HINT,
      pattern: String.raw`^Pix recebido[ \n]?${YOU} recebeu (?:um Pix de )?R\$ ?{amount} de (?<counterparty>[^\n]{2,80}?)\.?$`,
      samples: [real('Pix recebido\nVocê recebeu R$ 2,00 de Demo, CPF XXX.111.222-XX.')],
    }),
    itau.outgoing('pix_sent', {
      ...SENT,
      pattern: String.raw`^(?:Feito\. )?Pix enviado[ \n]?${YOU} enviou R\$ ?{amount} para (?<counterparty>[^\n]{2,80}?)\.?$`,
      samples: [real('Feito. Pix enviado\nVocê enviou R$ 3,00 para DEMO, CPF XXX.333.444-XX.')],
    }),
  ],
};

const nuSenders = ['com.nu.production'];
const nu = pix('br_nubank', nuSenders);
export const nubankTemplates: ProviderTemplates = {
  provider: 'br_nubank',
  senders: nuSenders,
  templates: [
    nu.credit('transfer_named', {
      ...HINT,
      pattern: String.raw`^(?:Transferência recebida|Pix recebido)[ \n]?${YOU} recebeu (?:uma transferência|um Pix) de R\$ ?{amount} de (?<counterparty>[^\n]{2,80}?)\.?$`,
      samples: [derived('Transferência recebida\nVocê recebeu uma transferência de R$ 15,00 de Demo Fulano.')],
    }),
    nu.credit('transfer', {
      ...HINT,
      pattern: String.raw`^Transferência recebida[ \n]?Recebemos sua transferência de R\$ ?{amount}\.?$`,
      samples: [real('Transferência recebida\nRecebemos sua transferência de R$ 4,00.')],
    }),
    nu.outgoing('purchase', {
      kind: 'card_purchase',
      pattern: String.raw`^(?:Compra no (?:débito|crédito) aprovada[ \n]?)?Compra de R\$ ?{amount} (?:APROVADA )?em (?<counterparty>[^\n]{2,60}?)(?: para o cartão com final [0-9]{4})?\.?$`,
      samples: [real('Compra de R$ 20,90 APROVADA em DEMO BRASIL 1112 para o cartão com final 4200.')],
    }),
    nu.outgoing('transfer_sent', {
      ...SENT,
      pattern: String.raw`^(?:Transferência enviada|Pix enviado)[ \n]?(?:${YOU} enviou (?:uma transferência|um Pix) de|Enviamos sua transferência de|${YOU} transferiu) R\$ ?{amount}(?: para (?<counterparty>[^\n]{2,80}?))?\.?$`,
      samples: [derived('Transferência enviada\nVocê enviou uma transferência de R$ 15,00 para Demo Fulano.')],
    }),
  ],
};

const mpSenders = ['com.mercadopago.wallet', 'Mercado Pago'];
const mp = pix('br_mercadopago', mpSenders);
export const mercadoPagoTemplates: ProviderTemplates = {
  provider: 'br_mercadopago',
  senders: mpSenders,
  templates: [
    mp.outgoing('debit', {
      ...SENT,
      pattern: String.raw`^(?:[^\n]{2,60}\n)?Debitamos R\$ ?{amount}(?: [^\n]{1,120})?\.?$`,
      samples: [derived('Debitamos R$ 25,00 da sua conta para DEMO LOJA.')],
    }),
  ],
};
