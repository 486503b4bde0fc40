import { auditActionNames, auditSubjectNames } from '@haoban/domain';

const acts: Readonly<Record<string, string>> = auditActionNames;
const subjects: Readonly<Record<string, string>> = auditSubjectNames;

/** An act in words; one that is newer than this page is told by the API's own name, which stands beside. */
export function auditWord(action: string): string {
  return acts[action] ?? '其他操作';
}

export function subjectWord(kind: string): string {
  return subjects[kind] ?? kind;
}
