/** What the TrxIDs of a provider look like. Small letters are what people type; providers print capitals. */
export interface TrxIdShape {
  readonly lengthMin: number;
  readonly lengthMax: number;
  readonly alphabet: keyof typeof ALPHABETS;
}

/** As the inside of a regular expression's brackets. `no_i_l_o_u`: the alphabet of ULIDs. */
const ALPHABETS = {
  letters_and_digits: '0-9A-Z',
  digits: '0-9',
  no_i_l_o_u: '0-9A-HJKMNP-TV-Z',
} as const;

const letters = (lengthMin: number, lengthMax = lengthMin): TrxIdShape => ({
  lengthMin,
  lengthMax,
  alphabet: 'letters_and_digits',
});

/** Of any provider at all. */
const PLAUSIBLE = letters(6, 20);

/** Read off real confirmations, or off other people's rules where nobody has given one. */
const SHAPES: Readonly<Record<string, TrxIdShape>> = {
  bkash: letters(10),
  nagad: letters(8),
  rocket: { lengthMin: 10, lengthMax: 10, alphabet: 'digits' },
  upay: { lengthMin: 10, lengthMax: 10, alphabet: 'no_i_l_o_u' },
  tap: letters(10, 14),
  cellfin: letters(10, 12),
  okwallet: letters(10),
  mcash: letters(9),
  pathaopay: letters(10),
  tallypay: letters(9),
  telco: letters(10),
};

/** A provider nobody has named here takes any plausible TrxID. */
export function trxIdShapeOf(provider: string): TrxIdShape {
  return SHAPES[provider] ?? PLAUSIBLE;
}

/** As part of a regular expression; of any plausible TrxID when the provider is absent. */
export function trxIdPattern(provider?: string): string {
  const { alphabet, lengthMin, lengthMax } = provider === undefined ? PLAUSIBLE : trxIdShapeOf(provider);
  return `[${ALPHABETS[alphabet]}]{${lengthMin === lengthMax ? lengthMin : `${lengthMin},${lengthMax}`}}`;
}

/** Whether the text holds nothing else than the shape's characters; says nothing of its length. */
export function isOfAlphabet(text: string, { alphabet }: TrxIdShape): boolean {
  return new RegExp(`^[${ALPHABETS[alphabet]}]+$`).test(text);
}
