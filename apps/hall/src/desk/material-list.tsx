import { Checkbox } from 'antd';
import { useItem } from './use-item.js';
import { useTicks } from './use-ticks.js';

interface Props {
  readonly ticketId: string;
  readonly itemId: string;
  /** In two columns, the remarks only on hover. */
  readonly compact?: boolean;
}

/** What has to be handed in, to be ticked off; copies and remarks beside it. */
export function MaterialList({ ticketId, itemId, compact = false }: Props) {
  const item = useItem(itemId);
  const { ticked, toggle } = useTicks(ticketId);
  if (!item) return <p className="muted">正在读取材料清单…</p>;
  if (item.materials.length === 0) return <p className="muted">这个事项不收材料。</p>;
  return (
    <ul className={compact ? 'materials materials-compact' : 'materials'}>
      {item.materials.map(({ id, name, required, originals, copies, note }) => (
        <li key={id} title={compact && note ? note : undefined}>
          <Checkbox checked={ticked.has(id)} onChange={() => toggle(id)}>
            {name}
            <span className="muted">
              {[originals > 0 && `原件 ${originals}`, copies > 0 && `复印件 ${copies}`, !required && '选交']
                .filter(Boolean)
                .map((part) => ` · ${String(part)}`)
                .join('')}
            </span>
            {note && !compact && <small className="muted">{note}</small>}
          </Checkbox>
        </li>
      ))}
    </ul>
  );
}
