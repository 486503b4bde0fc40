import { openSheet } from './sheet';
import type { Ask } from './types';

/** Taro's own box in the browser can't be reached by keyboard, nor does a reader know it for a question. */
export const ask: Ask = ({ title, text, act }) =>
  openSheet<boolean>(
    title,
    (close) => (
      <>
        <p className="sim-sheet__text">{text}</p>
        <div className="sim-sheet__actions">
          <button
            type="button"
            className="sim-sheet__button sim-sheet__danger"
            data-action="agree"
            onClick={() => close(true)}
          >
            {act}
          </button>
          <button type="button" className="sim-sheet__button" onClick={() => close(false)}>
            再想想
          </button>
        </div>
      </>
    ),
    false,
  );
