/** The check-character schemes that several of our numbers share. */

/** ISO 7064 MOD 11-2, as GB 11643 uses it for ID numbers: the check character ('0'–'9', 'X') of a string of digits. */
export function mod11Radix2(digits: string): string {
  const remainder = [...digits].reduce((sum, digit) => ((sum + Number(digit)) * 2) % 11, 0);
  const check = (12 - remainder) % 11;
  return check === 10 ? 'X' : String(check);
}

const alphanumeric = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/**
 * ISO 7064 MOD 37,36: the check character of a string of digits and capital letters. Finds every single wrong character and
 * every swap of two neighbours.
 */
export function mod37And36(text: string): string {
  const product = [...text].reduce((carry, character) => {
    const sum = (carry + alphanumeric.indexOf(character)) % 36 || 36;
    return (sum * 2) % 37;
  }, 36);
  return alphanumeric.charAt((37 - product) % 36);
}

const creditAlphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** GB 32100-2015: the check character of the first 17 of a unified social credit code; undefined where one is not allowed. */
export function creditCodeCheck(first17: string): string | undefined {
  const values = [...first17].map((character) => creditAlphabet.indexOf(character));
  if (values.length !== 17 || values.includes(-1)) return undefined;
  const { sum } = values.reduce(
    (state, value) => ({ sum: state.sum + value * state.weight, weight: (state.weight * 3) % 31 }),
    { sum: 0, weight: 1 },
  );
  return creditAlphabet.charAt((31 - (sum % 31)) % 31);
}

/** UPU S10: the check digit of the eight digits of an international postal item. */
export function s10CheckDigit(eightDigits: string): string {
  const weights = [8, 6, 4, 2, 3, 5, 9, 7];
  const sum = weights.reduce((total, weight, i) => total + weight * Number(eightDigits.charAt(i)), 0);
  const check = 11 - (sum % 11);
  return check === 10 ? '0' : check === 11 ? '5' : String(check);
}
