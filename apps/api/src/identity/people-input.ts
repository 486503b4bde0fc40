import {
  isCreditCode,
  isIdNumber,
  isMobile,
  isPersonName,
  normaliseIdNumber,
  normaliseMobile,
  type LocalDay,
} from '@haoban/domain';
import { AppError } from '../common/app-error.js';

export interface PersonInput {
  readonly name: string;
  readonly idNumber: string;
}

/** As typed → as it is checked, sealed and indexed. @throws AppError NAME_INVALID, ID_NUMBER_INVALID */
export function readPerson(input: PersonInput, today: LocalDay): PersonInput {
  const name = input.name.replace(/[•‧・]/g, '·').replace(/\s+/g, ' ');
  if (!isPersonName(name)) throw new AppError('NAME_INVALID');
  return { name, idNumber: readIdNumber(input.idNumber, today) };
}

/** @throws AppError ID_NUMBER_INVALID */
export function readIdNumber(text: string, today: LocalDay): string {
  const idNumber = normaliseIdNumber(text);
  if (!isIdNumber(idNumber, today)) throw new AppError('ID_NUMBER_INVALID');
  return idNumber;
}

/** @throws AppError PHONE_INVALID */
export function readMobile(text: string): string {
  const phone = normaliseMobile(text);
  if (!isMobile(phone)) throw new AppError('PHONE_INVALID');
  return phone;
}

export interface CompanyInput {
  readonly name: string;
  readonly creditCode: string;
}

/** Full-width brackets, as registers print them. @throws AppError COMPANY_NAME_INVALID, CREDIT_CODE_INVALID */
export function readCompany(input: CompanyInput): CompanyInput {
  const name = input.name.replace(/\s+/g, ' ').replace(/\(/g, '（').replace(/\)/g, '）');
  if (!/^[\p{Script=Han}A-Za-z0-9（）·&.,'’ -]{4,60}$/u.test(name) || !/\p{Script=Han}/u.test(name))
    throw new AppError('COMPANY_NAME_INVALID');
  const creditCode = input.creditCode.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase();
  if (!isCreditCode(creditCode)) throw new AppError('CREDIT_CODE_INVALID');
  return { name, creditCode };
}
