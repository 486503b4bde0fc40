/** Check digits written a second time, from the standards and not from our own library, so that the two check each other. */

const creditAlphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** GB 32100-2015: weights 3^(i-1) mod 31, check character 31 − Σ mod 31. */
export const hasValidCreditCode = (code: string): boolean => {
  if (!/^[0-9A-HJ-NPQRTUWXY]{18}$/.test(code)) return false;
  let weight = 1;
  let sum = 0;
  for (const character of code.slice(0, 17)) {
    sum += creditAlphabet.indexOf(character) * weight;
    weight = (weight * 3) % 31;
  }
  return creditAlphabet[(31 - (sum % 31)) % 31] === code[17];
};

/** GB 11714-1997: the nine characters of the organisation code inside the credit code. */
export const hasValidOrganisationCode = (code: string): boolean => {
  const weights = [3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce(
    (total, weight, i) => total + weight * Number.parseInt(code.charAt(8 + i), 36),
    0,
  );
  const check = 11 - (sum % 11);
  return code[16] === (check === 11 ? '0' : check === 10 ? 'X' : String(check));
};

/** GB 11643-1999: ISO 7064 MOD 11-2 over seventeen digits, and a birthday that exists. */
export const hasValidIdNumber = (id: string): boolean => {
  if (!/^\d{17}[\dX]$/.test(id)) return false;
  const birthday = `${id.slice(6, 10)}-${id.slice(10, 12)}-${id.slice(12, 14)}`;
  const parsed = new Date(`${birthday}T00:00:00Z`);
  if (Number.isNaN(parsed.getTime()) || parsed.toISOString().slice(0, 10) !== birthday) return false;
  let remainder = 0;
  for (const digit of id.slice(0, 17)) remainder = ((remainder + Number(digit)) * 2) % 11;
  return '0123456789X'[(12 - remainder) % 11] === id[17];
};
