import '@haoban/design/tokens.css';
import './styles/base.css';
import { lazy, StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { BrowserRouter, Route, Routes } from 'react-router-dom';

// Two programs under one address: the display runs for months on small players and must not carry the desk's components.
const DisplayPage = lazy(() => import('./display/display-page.js'));
const ChooseDisplayPage = lazy(() => import('./display/choose-display-page.js'));
const StaffApp = lazy(() => import('./staff-app.js'));

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <BrowserRouter basename="/hall">
        <Suspense fallback={null}>
          <Routes>
            <Route path="/display" element={<ChooseDisplayPage />} />
            <Route path="/display/:hallId" element={<DisplayPage />} />
            <Route path="*" element={<StaffApp />} />
          </Routes>
        </Suspense>
      </BrowserRouter>
    </StrictMode>,
  );
}
