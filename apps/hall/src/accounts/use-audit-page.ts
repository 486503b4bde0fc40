import { useState } from 'react';
import { client } from '../api/client.js';
import { usePages } from '../common/use-pages.js';

export function useAuditPage() {
  const [action, setAction] = useState('');
  const [subjectId, setSubjectId] = useState('');
  const pages = usePages(JSON.stringify([action, subjectId]), (cursor) =>
    client.supervision.listAudit({
      ...(action && { action }),
      ...(subjectId && { subjectId }),
      ...(cursor && { cursor }),
    }),
  );
  return { setAction, setSubjectId, pages };
}
