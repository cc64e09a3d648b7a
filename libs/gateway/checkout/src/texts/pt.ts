import type { TrxIdProblem } from '../trx-id.js';
import type { Provider } from '../providers.js';
import type { Texts } from './en.js';

function shapeInWords(shape: Provider['trxId']): string {
  const length = shape.lengthMin === shape.lengthMax ? `${shape.lengthMin}` : `${shape.lengthMin} a ${shape.lengthMax}`;
  return `${length} ${shape.alphabet === 'digits' ? 'dígitos' : 'letras e dígitos'}`;
}

const trxProblems: Readonly<
  Record<TrxIdProblem, (provider: string, shape: Provider['trxId'], trxId: string) => string>
> = {
  empty: () => 'Digite o TrxID da sua mensagem de confirmação.',
  phone_number: () => 'Isto parece um número de telefone. O TrxID é o número da transação na mensagem de confirmação.',
  length: (provider, shape, trxId) => `Um TrxID de ${provider} tem ${shapeInWords(shape)}; este tem ${trxId.length}.`,
  characters: (provider, shape) =>
    `Um TrxID de ${provider} tem só ${shapeInWords(shape)}${shape.alphabet === 'no_i_l_o_u' ? ', e nunca I, L, O ou U: tente 1 ou 0' : ''}. Confira cada caractere.`,
};

/** Every sentence of the checkout, in Portuguese as it is spoken in Brazil; of wallets, until `brazil.ts` says else. */
export const pt: Texts = {
  htmlLang: 'pt-BR',
  languages: 'Idioma',
  amountToPay: 'Valor a pagar',
  orderAndCharge: (order, charge) => `Pedido ${order} + tarifa ${charge}`,
  amount: 'Valor',
  invoice: 'Pedido',
  reference: 'Referência',
  timeLeft: 'Tempo restante',
  payBefore: (time) => `Pague até ${time}`,
  noPin: 'Nunca pedimos sua senha nem códigos. Digite-os somente no aplicativo da sua carteira.',
  poweredBy: 'Página de pagamento por Paymatch',
  stepOf: (step) => `Passo ${step} de 3`,
  stepNames: ['Carteira', 'Envio', 'Confirmação'],

  chooseTitle: 'Como você quer pagar?',
  chooseHint: 'Escolha a carteira de onde vai enviar o dinheiro.',
  noWalletsTitle: 'Esta loja não pode receber pagamentos agora',
  noWalletsBody: 'A loja ainda não cadastrou onde receber. Nada foi cobrado. Avise a loja ou tente mais tarde.',
  actions: {
    send_money: 'Enviar dinheiro',
    payment: 'Pagamento',
    merchant_pay: 'Pagar loja',
    cash_out: 'Saque',
    bank: 'Transferência bancária',
  },
  changeWallet: 'Trocar',

  sendTitle: (provider) => `Pague com ${provider}`,
  stepOpen: (provider) => `Abra o aplicativo ${provider}.`,
  stepOpenOrDial: (provider, ussd) => [`Abra o aplicativo ${provider} ou disque `, ussd, ''],
  stepChoose: (action) => ['Escolha ', action, '.'],
  stepNumber: 'Digite este número',
  stepHolder: (name) => ['No aplicativo deve aparecer o nome ', name, '.'],
  stepAmount: 'Digite exatamente este valor',
  exactWarning: 'A loja precisa receber exatamente este valor. Se houver tarifa, ela é cobrada à parte.',
  stepPin: 'Confirme com sua senha, somente no aplicativo.',
  stepTrx: 'Copie o TrxID da confirmação e digite-o abaixo.',
  copy: 'Copiar',
  copied: 'Copiado',
  copyNumber: 'Copiar o número',
  copyAmount: 'Copiar o valor',
  sent: 'Já enviei',

  formTitle: 'Já enviou? Digite o TrxID',
  trxLabel: 'Número da transação (TrxID)',
  trxHelp: (provider, shape) =>
    `Cole a mensagem inteira que ${provider} enviou, ou só o TrxID: ${shapeInWords(shape)}, como ${shape.example}.`,
  trxFound: 'TrxID encontrado na sua mensagem',
  trxProblems,
  senderLabel: 'Número de onde você enviou',
  optional: 'opcional',
  senderHelp: 'Ajuda a encontrar seu pagamento mais rápido.',
  senderProblem: 'Digite um celular de Bangladesh, como 01712345678, ou deixe em branco.',
  walletLabel: 'Pago para',
  submit: 'Verificar meu pagamento',
  submitting: 'Verificando…',
  cancelLink: 'Cancelar este pagamento',

  verifyingTitle: 'Verificando seu pagamento',
  verifyingBody: (provider) =>
    `Estamos esperando ${provider} confirmar que seu dinheiro chegou. Costuma levar menos de um minuto.`,
  verifyingStay: 'Esta página se atualiza sozinha. Você também pode fechá-la e voltar depois ao mesmo endereço.',
  trxReceived: 'TrxID recebido',
  waitingFor: (provider) => `Esperando a confirmação de ${provider}`,
  returnToShopStep: (shop) => `Voltar para ${shop}`,
  longTitle: 'Está demorando mais que o normal',
  longBody: (provider) =>
    `A mensagem de ${provider} ainda não chegou até nós. Confira seu TrxID: se houver algum caractere errado, corrija. Se estiver certo, é só esperar; não envie o dinheiro de novo.`,
  veryLongTitle: (provider) => `A mensagem de ${provider} ainda não chegou`,
  veryLongBody: (shop) =>
    `Se você enviou o dinheiro, ele não se perdeu: pode ser encontrado por este TrxID. ${shop} tem este pagamento na lista e será avisada para procurá-lo se a mensagem não vier. Não envie de novo. Você pode fechar esta página e voltar mais tarde.`,
  shopSees: (shop) => `O que ${shop} vê`,
  trxSentAt: 'TrxID informado',
  typedWrong: 'Digitou errado? Corrija',
  retypeTitle: 'Corrigir o TrxID',
  retypeBody: 'Não envie o dinheiro de novo. Digite apenas o TrxID certo da transferência que você já fez.',
  retypeBack: 'Voltar sem mudar nada',
  statusChanged: 'A situação do pagamento mudou. Carregando…',

  reviewTitle: 'Estamos conferindo à mão',
  reviewBody: (shop) =>
    `Seu dinheiro foi visto, mas algo nele precisa ser conferido por uma pessoa. ${shop} vai decidir em breve. Não envie de novo; guarde o TrxID.`,
  missingTitle: 'Sua transferência ainda não foi vista',
  missingBody: (shop: string) =>
    `Ainda não chegou nenhuma confirmação com este TrxID. Confira o TrxID e corrija-o se estiver errado. Se estiver certo, não envie o dinheiro de novo: ${shop} foi avisada para procurar, e esta página muda assim que o dinheiro for encontrado.`,
  closedReview:
    'Chegou dinheiro para este pagamento e uma pessoa está conferindo. Não envie de novo; guarde o comprovante.',

  completedTitle: 'Pagamento concluído',
  completedBody: (shop) => `${shop} recebeu seu dinheiro. Obrigado!`,
  paidAt: 'Confirmado',
  returnNow: (shop) => `Voltar para ${shop}`,
  returning: (seconds) => ['Voltando em ', String(seconds), ' s…'],
  stay: 'Ficar nesta página',
  staying: 'Você continua nesta página.',
  print: 'Imprimir ou salvar o comprovante',
  paidWith: 'Forma de pagamento',
  endedAt: 'Prazo encerrado',
  mayClose: 'Você já pode fechar esta página.',
  refundedTitle: 'Este pagamento foi devolvido',
  refundedBody: (shop, amount) => `${shop} devolveu ${amount}.`,

  cancelTitle: 'Cancelar este pagamento?',
  cancelBody: 'Se você já enviou o dinheiro, não cancele: volte e digite o TrxID.',
  cancelYes: 'Sim, cancelar',
  cancelNo: 'Não, voltar',
  cancelledTitle: 'Pagamento cancelado',
  cancelledBody: 'Você cancelou este pagamento. Nada foi cobrado.',
  failedTitle: 'Pagamento não confirmado',
  failedBody: (shop) =>
    `Este pagamento não foi aceito. Se você enviou dinheiro, guarde o comprovante e fale com ${shop}.`,
  expiredTitle: 'O prazo para pagar terminou',
  expiredBody: (shop) => `Não envie mais dinheiro por ele. Se já enviou, guarde o comprovante e fale com ${shop}.`,

  contactTitle: (shop) => `Precisa de ajuda? Fale com ${shop}`,
  contactReference: 'Informe esta referência:',
  contactCall: 'Ligar',
  contactMail: 'Enviar e-mail',
  contactMessage: (reference) => `Referência do pagamento: ${reference}`,
  handoffTitle: 'Continue no celular',
  handoffBody: 'Aponte a câmera do celular para este código: esta página se abre nele.',

  testBanner: 'TESTE – nenhum dinheiro de verdade',
  testTitle: 'Experimente um resultado',
  testBody: 'Este é um pagamento de teste. Termine-o sem dinheiro:',
  testComplete: 'Concluir',
  testFail: 'Recusar',
  testExpire: 'Expirar',

  notFoundTitle: 'Pagamento não encontrado',
  notFoundBody: 'Não há pagamento neste endereço. Confira o link ou volte à loja e comece de novo.',
  limitTitle: 'Tentativas demais',
  limitBody: (seconds) => `Espere ${seconds} segundos, confira o TrxID e tente de novo. Seu pagamento não foi afetado.`,
  unavailableTitle: 'Não conseguimos falar com o sistema de pagamentos',
  unavailableBody: 'Nada se perdeu. Tente de novo em alguns segundos; não envie dinheiro duas vezes.',
  faultTitle: 'Algo deu errado do nosso lado',
  faultBody: 'Nada se perdeu. Tente de novo; não envie dinheiro duas vezes.',
  otherSiteTitle: 'Comece pela página de pagamento',
  otherSiteBody:
    'Este formulário não veio da página de pagamento, por isso nada mudou. Abra o pagamento e tente de novo.',
  otherMethodTitle: 'Este pagamento não é feito nesta página',
  otherMethodBody: 'Use os dados de pagamento que a loja lhe deu.',
  retry: 'Tentar de novo',
  openPayment: 'Abrir o pagamento',

  noticeUnavailable:
    'Não conseguimos falar com o sistema de pagamentos. O que você digitou continua aqui: tente de novo em alguns segundos.',
  noticeAttempts:
    'O TrxID deste pagamento não pode mais ser mudado. Continuamos procurando o último; se estiver errado, fale com a loja.',
  noticeRefused: 'Isto não pôde ser aceito. Confira o que digitou e tente de novo.',
  noticeWalletGone:
    'Essa carteira não está mais disponível. Escolha outra. Se você já enviou dinheiro para ela, fale com a loja.',
  noticeClosed: 'Este pagamento acabou de ser encerrado.',
};
