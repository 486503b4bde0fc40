import type { RatingInvitation } from '@haoban/contracts';
import { useRouter } from '@tarojs/taro';
import { useState } from 'react';
import { api } from '../../../api/api';
import { useRequestId } from '../../../api/request-id';
import { useAction } from '../../../hooks/use-action';
import { useDraft } from '../../../hooks/use-draft';
import { useLoad } from '../../../hooks/use-load';
import { useCitizen } from '../../../hooks/use-session';

interface Answer {
  readonly level: number;
  readonly tags: readonly string[];
  readonly comment: string;
  readonly anonymous: boolean;
}
const noAnswer: Answer = { level: 0, tags: [], comment: '', anonymous: true };

export function useGive() {
  const { subject: named, id: subjectId = '' } = useRouter().params;
  const subject: RatingInvitation['subject'] = named === 'case' ? 'case' : 'visit';
  const citizen = useCitizen();
  const draft = useDraft(`rating:${subjectId}`, noAnswer);
  const [done, setDone] = useState(false);
  const requestId = useRequestId();
  const facts = useLoad(citizen && subjectId, async () => {
    const [options, invitations] = await Promise.all([api.ratings.options(), api.ratings.invitations()]);
    return {
      levels: options.levels,
      invitation: invitations.items.find((each) => each.subject === subject && each.subjectId === subjectId),
    };
  });
  const { level, tags, comment, anonymous } = draft.value;

  const submit = useAction(async () => {
    const body = {
      subject,
      subjectId,
      level,
      tags: [...tags],
      anonymous,
      ...(comment.trim() ? { comment: comment.trim() } : {}),
    };
    await api.ratings.rate({ requestId: requestId.for(body), ...body });
    requestId.done();
    draft.clear();
    setDone(true);
  });
  return {
    citizen,
    facts,
    answer: draft.value,
    // Each level has tags of its own: those picked for another one go.
    pickLevel: (next: number) => draft.change({ level: next, ...(next === level ? {} : { tags: [] }) }),
    toggleTag: (tag: string) =>
      draft.change({ tags: tags.includes(tag) ? tags.filter((each) => each !== tag) : [...tags, tag] }),
    setComment: (text: string) => draft.change({ comment: text }),
    setAnonymous: (on: boolean) => draft.change({ anonymous: on }),
    submit,
    done,
  };
}
