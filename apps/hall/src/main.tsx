import '@haoban/design/tokens.css';
import './styles/base.css';
import { lazy, StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { CrashView } from './common/crash-view.js';
import { BrowserRouter, Route, Routes } from 'react-router-dom';

// Two programs under one address: the display runs for months on small players and must not carry the desk's components.
const DisplayPage = lazy(() => import('./display/display-page.js'));
const ChooseDisplayPage = lazy(() => import('./display/choose-display-page.js'));
const StaffApp = lazy(() => import('./staff-app.js'));

// After an update the parts of the old version are gone: fetch the new one, but not over and over.
window.addEventListener('vite:preloadError', () => {
  const last = Number(sessionStorage.getItem('haoban.hall.reloaded') ?? 0);
  if (Date.now() - last < 60_000) return;
  sessionStorage.setItem('haoban.hall.reloaded', String(Date.now()));
  location.reload();
});

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <CrashView>
        <BrowserRouter basename="/hall">
          <Suspense fallback={null}>
            <Routes>
              <Route path="/display" element={<ChooseDisplayPage />} />
              <Route path="/display/:hallId" element={<DisplayPage />} />
              <Route path="*" element={<StaffApp />} />
            </Routes>
          </Suspense>
        </BrowserRouter>
      </CrashView>
    </StrictMode>,
  );
}
