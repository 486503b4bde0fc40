import { describe, expect, it } from '@jest/globals';
import { counted, filesToTryAgain, unsteady, withSecondTry } from '../../tools/lib/second-try.mjs';

const passed = (fullName: string) => ({ status: 'passed', fullName });
const failed = (fullName: string) => ({ status: 'failed', fullName });
const file = (name: string, ...assertionResults: { status: string; fullName: string }[]) => ({
  name,
  status:
    assertionResults.length > 0 && assertionResults.every(({ status }) => status === 'passed')
      ? 'passed'
      : 'failed',
  assertionResults,
});

describe('the second try of what failed beside other files', () => {
  const first = { code: 1, files: [file('a', passed('one')), file('b', passed('two'), failed('three'))] };

  it('is given to the files that failed', () => {
    expect(filesToTryAgain(first)).toEqual(['b']);
  });

  it('is not given where so much failed that chance is no reason', () => {
    const files = ['a', 'b', 'c', 'd', 'e'].map((name) => file(name, failed('one')));
    expect(filesToTryAgain({ code: 1, files })).toEqual([]);
  });

  it('counts what passes alone, and names it', () => {
    const second = { code: 0, files: [file('b', passed('two'), passed('three'))] };
    expect(counted(withSecondTry(first, second))).toEqual({ passed: 3, failed: 0 });
    expect(unsteady(first, second)).toEqual(['b › three']);
  });

  it('leaves a fault a fault', () => {
    expect(counted(withSecondTry(first, first))).toEqual({ passed: 2, failed: 1 });
    expect(unsteady(first, first)).toEqual([]);
  });

  it('counts a file that could not start, before and after', () => {
    const run = { code: 1, files: [file('a', passed('one')), file('b')] };
    expect(counted(run)).toEqual({ passed: 1, failed: 1 });
    expect(counted(withSecondTry(run, { code: 1, files: [file('b')] }))).toEqual({ passed: 1, failed: 1 });
  });

  it('counts a run that failed as a whole though every test passed', () => {
    expect(counted({ code: 1, files: [file('a', passed('one'))] })).toEqual({ passed: 1, failed: 1 });
  });
});
