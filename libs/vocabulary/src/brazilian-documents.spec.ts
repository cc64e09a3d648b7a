import { isCnpj, isCpf } from './brazilian-documents.js';

describe('a CPF', () => {
  it.each(['16972691419', '12345678909', '11144477735', '52998224725', '00000000191'])(
    '%s has right check digits',
    (cpf) => expect(isCpf(cpf)).toBe(true),
  );
  it.each([
    '',
    '1697269141',
    '169726914190',
    '16972691418',
    '16972691409',
    '169.726.914-19',
    '11111111111',
    '00000000000',
    '１６９７２６９１４１９',
    '1697269141a',
  ])('%j is none', (text) => expect(isCpf(text)).toBe(false));
  it('stops being one when any single digit changes', () => {
    for (let place = 0; place < 11; place += 1) {
      for (let by = 1; by < 10; by += 1) {
        const digits = [...'52998224725'];
        digits[place] = String((Number(digits[place]) + by) % 10);
        // The remainders 10 and 11 share the check digit 0, so that a sum may rarely stay right; not for this number.
        expect([digits.join(''), isCpf(digits.join(''))]).toEqual([digits.join(''), false]);
      }
    }
  });
});

describe('a CNPJ', () => {
  it.each(['34911051000197', '11222333000181', '12ABC34501DE35'])('%s has right check digits', (cnpj) =>
    expect(isCnpj(cnpj)).toBe(true),
  );
  it.each([
    '',
    '34911051000196',
    '34.911.051/0001-97',
    '12abc34501de35',
    '12ABC34501DE34',
    '00000000000000',
    '12ABC34501DEA5',
    '3491105100019',
  ])('%j is none', (text) => expect(isCnpj(text)).toBe(false));
});
