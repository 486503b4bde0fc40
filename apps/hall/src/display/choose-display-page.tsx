import '../styles/display.css';
import { Link } from 'react-router-dom';
import { useHalls } from './use-halls.js';

export default function ChooseDisplayPage() {
  const { state, reload } = useHalls();
  return (
    <main className="wall">
      <header className="wall-head">
        <h1>好办 · 大屏</h1>
      </header>
      <div className="wall-choose">
        {state.status === 'loading' && <p>正在读取…</p>}
        {state.status === 'error' && (
          <p>
            {state.problem.text}{' '}
            <button type="button" onClick={reload}>
              再试一次
            </button>
          </p>
        )}
        {state.status === 'ready' &&
          state.data.items.map(({ id, name }) => (
            <p key={id}>
              <Link to={`/display/${id}`}>{name}</Link>
            </p>
          ))}
      </div>
    </main>
  );
}
