import '../styles/desk.css';
import { LoadView } from '../common/views.js';
import { ChooseDesk } from './choose-desk.js';
import { DeskWork } from './desk-work.js';
import { useDesks } from './use-desks.js';

export default function DeskPage() {
  const { state, reload, mine, open, opening, problem } = useDesks();
  if (mine) return <DeskWork key={mine.id} deskId={mine.id} left={reload} />;
  return (
    <div className="page">
      <div className="page-head">
        <h1>选择窗口</h1>
      </div>
      <LoadView state={state} retry={reload}>
        {({ items }) => (
          <ChooseDesk desks={items} open={(id) => void open(id)} opening={opening} problem={problem} />
        )}
      </LoadView>
    </div>
  );
}
