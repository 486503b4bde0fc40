import { Checkbox } from 'antd';
import { useItem } from './use-item.js';
import { useTicks } from './use-ticks.js';

/** What has to be handed in, to be ticked off; copies and remarks beside it. */
export function MaterialList({ ticketId, itemId }: { ticketId: string; itemId: string }) {
  const item = useItem(itemId);
  const { ticked, toggle } = useTicks(ticketId);
  if (!item) return <p className="muted">正在读取材料清单…</p>;
  if (item.materials.length === 0) return <p className="muted">这个事项不收材料。</p>;
  return (
    <ul className="materials">
      {item.materials.map(({ id, name, required, originals, copies, note }) => (
        <li key={id}>
          <Checkbox checked={ticked.has(id)} onChange={() => toggle(id)}>
            {name}
            <span className="muted">
              {[originals > 0 && `原件 ${originals}`, copies > 0 && `复印件 ${copies}`, !required && '选交']
                .filter(Boolean)
                .map((part) => ` · ${String(part)}`)
                .join('')}
            </span>
            {note && <small className="muted">{note}</small>}
          </Checkbox>
        </li>
      ))}
    </ul>
  );
}
