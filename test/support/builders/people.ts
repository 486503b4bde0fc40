import type { Authorisation } from '@haoban/contracts';
import { creditCodeCheck } from '@haoban/domain';
import type { TestCitizen } from './citizen.js';
import type { TestStaff } from './staff.js';

let companies = 0;

/** A valid unified social credit code; each call another. */
export function newCreditCode(): string {
  companies += 1;
  const first17 = `91350100MA${String(companies).padStart(7, '0')}`;
  return first17 + (creditCodeCheck(first17) ?? '');
}

/** `agent` may book for `principal`, by the principal's code. */
export async function authorise(principal: TestCitizen, agent: TestCitizen): Promise<Authorisation> {
  const { code } = await principal.client.people.makeCode({});
  return agent.client.people.acceptCode({ code, relation: 'parent' });
}

/** `agent` may book for a company, whose licence a desk has seen. */
export async function authoriseForCompany(
  clerk: TestStaff,
  agent: TestCitizen,
  name: string,
): Promise<Authorisation> {
  const { id } = await agent.client.people.declareAuthorisation({
    ...{ kind: 'company', role: 'employee', creditCode: newCreditCode(), name },
  });
  return granted(clerk, agent, id, '营业执照、经办人委托书');
}

/** `agent` may book for somebody without an account, whose papers a desk has seen. */
export async function authoriseByDesk(
  clerk: TestStaff,
  agent: TestCitizen,
  principal: { readonly name: string; readonly idNumber: string },
): Promise<Authorisation> {
  const { id } = await agent.client.people.declareAuthorisation({
    kind: 'family',
    relation: 'parent',
    ...principal,
  });
  return granted(clerk, agent, id, '户口簿');
}

async function granted(
  clerk: TestStaff,
  agent: TestCitizen,
  id: string,
  paper: string,
): Promise<Authorisation> {
  await clerk.client.people.verifyAuthorisation({ authorisationId: id, result: 'granted', paper });
  const found = (await agent.client.people.listAuthorisations({})).asAgent.find((each) => each.id === id);
  if (!found) throw new Error('The authorisation is gone');
  return found;
}
