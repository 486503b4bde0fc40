import './styles/work.css';
import './styles/pages.css';
import { App, ConfigProvider, Skeleton } from 'antd';
import zhCN from 'antd/locale/zh_CN';
import { lazy, Suspense, type ComponentType } from 'react';
import { Navigate, Route, Routes, useLocation } from 'react-router-dom';
import { startPageOf, mayOpen, type PageKey } from './session/pages.js';
import { Shell } from './session/shell.js';
import { SignInPage } from './session/sign-in-page.js';
import { StaffProvider, useSession } from './session/use-session.js';
import { theme } from './theme.js';

const pages: Record<PageKey, ComponentType> = {
  desk: lazy(() => import('./desk/desk-page.js')),
  bookings: lazy(() => import('./bookings/bookings-page.js')),
  calendar: lazy(() => import('./calendar/calendar-page.js')),
  policy: lazy(() => import('./policy/policy-page.js')),
  use: lazy(() => import('./capacity/use-page.js')),
  codes: lazy(() => import('./codes/codes-page.js')),
  waitlist: lazy(() => import('./fairness/waitlist-page.js')),
  releases: lazy(() => import('./fairness/releases-page.js')),
  signals: lazy(() => import('./fairness/signals-page.js')),
  checks: lazy(() => import('./people/checks-page.js')),
  appeals: lazy(() => import('./people/appeals-page.js')),
  cases: lazy(() => import('./cases/cases-page.js')),
  parcels: lazy(() => import('./parcels/parcels-page.js')),
  overview: lazy(() => import('./overview/overview-page.js')),
  ratings: lazy(() => import('./overview/ratings-page.js')),
  payments: lazy(() => import('./overview/payments-page.js')),
  staff: lazy(() => import('./accounts/staff-page.js')),
  audit: lazy(() => import('./accounts/audit-page.js')),
};

export default function StaffApp() {
  return (
    <ConfigProvider locale={zhCN} theme={theme} wave={{ disabled: true }} button={{ autoInsertSpace: false }}>
      <App>
        <StaffRoutes />
      </App>
    </ConfigProvider>
  );
}

function StaffRoutes() {
  const kept = useSession();
  const { pathname } = useLocation();
  if (!kept) {
    return pathname === '/sign-in' ? (
      <SignInPage />
    ) : (
      <Navigate to="/sign-in" replace state={{ from: pathname }} />
    );
  }
  const { staff } = kept;
  const start = startPageOf(staff);
  return (
    <StaffProvider value={staff}>
      <Routes>
        <Route element={<Shell />}>
          {(Object.keys(pages) as PageKey[])
            .filter((key) => mayOpen(staff.role, key))
            .map((key) => {
              const Page = pages[key];
              return (
                <Route
                  key={key}
                  path={`/${key}/*`}
                  element={
                    <Suspense fallback={<Skeleton active={false} style={{ padding: 24 }} />}>
                      <Page />
                    </Suspense>
                  }
                />
              );
            })}
        </Route>
        <Route path="*" element={<Navigate to={start} replace />} />
      </Routes>
    </StaffProvider>
  );
}
