import { checkPixEntry } from './pix-notice.js';

const good = {
  endToEndId: 'E12345678202606121130ABCdef12345',
  txid: '1H455VB4PEX5VSKNK084SN02Q',
  valor: '519.00',
  chave: '7d9f0335-8dcc-4054-9bf9-0dbd61d36906',
  horario: '2026-06-12T11:30:05.123Z',
  infoPagador: 'Pedido 7',
};

describe("an entry of a bank's Pix notice", () => {
  it('is read field by field', () => {
    const devolucoes = [
      {
        id: '1',
        rtrId: 'D12345678202606121200aaaaaaaaaaa',
        valor: '19.00',
        horario: { solicitacao: '2026-06-12T12:00:00Z', liquidacao: '2026-06-12T12:00:01-03:00' },
        status: 'DEVOLVIDO',
        motivo: 'pedido do cliente',
      },
      { id: 'x' },
      null,
      'text',
    ];
    expect(checkPixEntry({ ...good, devolucoes, pagador: { nome: 'Zé', cpf: '16972691419' } })).toEqual({
      isValid: true,
      entry: {
        endToEndId: good.endToEndId,
        txid: good.txid,
        amountMinor: 51_900,
        pixKey: good.chave,
        horario: '2026-06-12T11:30:05.123000Z',
        payerInfo: 'Pedido 7',
        payer: { name: 'Zé', document: '16972691419' },
        devolucoes: [
          {
            id: '1',
            rtrId: 'D12345678202606121200aaaaaaaaaaa',
            amountMinor: 1_900,
            status: 'DEVOLVIDO',
            reason: 'pedido do cliente',
            requestedAt: '2026-06-12T12:00:00.000000Z',
            settledAt: '2026-06-12T15:00:01.000000Z',
          },
        ],
      },
    });
  });

  it("needs no more than the transfer's id, its amount and its time", () => {
    expect(checkPixEntry({ endToEndId: good.endToEndId, valor: '0.01', horario: good.horario })).toEqual({
      isValid: true,
      entry: {
        endToEndId: good.endToEndId,
        amountMinor: 1,
        horario: '2026-06-12T11:30:05.123000Z',
        txid: null,
        pixKey: null,
        payerInfo: null,
        payer: null,
        devolucoes: [],
      },
    });
  });

  it.each([[{ txid: '' }], [{ txid: 'with-hyphen' }], [{ txid: 7 }]])(
    'loses a txid that is none, not its money: %j',
    (part) => {
      expect(checkPixEntry({ ...good, ...part })).toMatchObject({
        isValid: true,
        entry: { txid: null, amountMinor: 51_900 },
      });
    },
  );

  it.each([
    [{ valor: 519 }, 51_900],
    [{ valor: '519' }, 51_900],
    [{ valor: '519.5' }, 51_950],
    [{ endToEndId: 'EA1B2C3D4202606121130ABCdef12345' }, 51_900],
  ])('is taken with %j', (part, amountMinor) => {
    expect(checkPixEntry({ ...good, ...part })).toMatchObject({ isValid: true, entry: { amountMinor } });
  });

  it.each([
    [null],
    ['text'],
    [[good]],
    [7],
    [{ ...good, endToEndId: undefined }],
    [{ ...good, endToEndId: `${good.endToEndId}0` }],
    [{ ...good, endToEndId: 'D12345678202606121130ABCdef12345' }],
    [{ ...good, endToEndId: 'E12345678202613121130ABCdef12345' }],
    [{ ...good, endToEndId: 'E12345678202606122430ABCdef12345' }],
    [{ ...good, endToEndId: 'E1234567820260612113012345678-12' }],
    [{ ...good, valor: undefined }],
    [{ ...good, valor: '0.00' }],
    [{ ...good, valor: '-1.00' }],
    [{ ...good, valor: '1.001' }],
    [{ ...good, valor: '1,00' }],
    [{ ...good, valor: 1.001 }],
    [{ ...good, horario: undefined }],
    [{ ...good, horario: 'yesterday' }],
    [{ ...good, horario: '2026-06-12T11:30:05' }],
  ])('cannot be counted when it is %j', (value) => expect(checkPixEntry(value).isValid).toBe(false));
});
