import { useState } from 'react';
import { client } from '../api/client.js';
import { useLoad } from '../common/use-load.js';
import { LoadView } from '../common/views.js';
import { useStaff } from '../session/use-session.js';

/** What binds this person here, in the words that citizens read on the phone; asked for only where somebody wants to know. */
export function BookRules({ itemId }: { itemId: string }) {
  const { hallId } = useStaff();
  const [open, setOpen] = useState(false);
  const { state, reload } = useLoad(open && hallId ? itemId : undefined, () =>
    client.booking.listDays({ itemId, hallId: hallId ?? '' }),
  );
  return (
    <details className="book-rules" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>本中心的预约次数和规则</summary>
      <LoadView state={state} retry={reload} rows={4}>
        {({ rules }) => (
          <ol>
            {rules.map((rule) => (
              <li key={rule}>{rule}</li>
            ))}
          </ol>
        )}
      </LoadView>
    </details>
  );
}
