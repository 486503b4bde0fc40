/** What is read of jest's report. */
export interface Run {
  code: number;
  files: { name: string; status: string; assertionResults: { status: string; fullName: string }[] }[];
}

export function filesToTryAgain(run: Run): string[];
export function withSecondTry(first: Run, second: Run): Run;
export function unsteady(first: Run, second: Run): string[];
export function counted(run: Run): { passed: number; failed: number };
