import { KeyOutlined, LogoutOutlined, DownOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { formatDay, dayOf, formatClock, minutesOfDay } from '@haoban/domain';
import { Link, NavLink, Outlet, useLocation } from 'react-router-dom';
import { useLiveStatus } from '../common/use-live.js';
import { useNow } from '../common/use-now.js';
import { roleWords } from '../common/words.js';
import { ChangePassword } from './change-password.js';
import { Leaf } from './leaf.js';
import { navigationFor, pageNames, type PageKey } from './pages.js';
import { useStaff } from './use-session.js';
import { useShell } from './use-shell.js';

export function Shell() {
  const staff = useStaff();
  const { signOut, changingPassword, setChangingPassword } = useShell();
  const here = useLocation().pathname.split('/')[1] as PageKey;
  const entries = navigationFor(staff.role);
  const beside = entries.find(({ pages }) => pages.includes(here))?.pages ?? [];
  return (
    <div className="shell">
      <header className="shell-bar">
        <span className="shell-brand">
          <Leaf size={24} />
          <strong>好办</strong>
          {staff.hallName && <span className="shell-hall">{staff.hallName}</span>}
        </span>
        <nav aria-label="页面">
          {entries.map(({ name, pages }) => (
            <Link
              key={name}
              to={`/${pages[0]}`}
              className={pages.includes(here) ? 'active' : ''}
              aria-current={pages.includes(here) ? (pages.length > 1 ? 'true' : 'page') : undefined}
            >
              {name}
            </Link>
          ))}
          {staff.role === 'manager' && staff.hallId && (
            <a href={`/hall/display/${staff.hallId}`} target="_blank" rel="noreferrer">
              大屏
            </a>
          )}
        </nav>
        <ShellClock />
        <Dropdown
          trigger={['click']}
          menu={{
            items: [
              { key: 'password', icon: <KeyOutlined />, label: '修改密码' },
              { key: 'sign-out', icon: <LogoutOutlined />, label: '退出登录' },
            ],
            onClick: ({ key }) => (key === 'password' ? setChangingPassword(true) : void signOut()),
          }}
        >
          <Button type="text">
            {staff.name} · {roleWords[staff.role]} <DownOutlined />
          </Button>
        </Dropdown>
      </header>
      {beside.length > 1 && (
        <nav className="shell-beside" aria-label="本栏页面">
          {beside.map((key) => (
            <NavLink key={key} to={`/${key}`}>
              {pageNames[key]}
            </NavLink>
          ))}
        </nav>
      )}
      <main className="shell-page" tabIndex={0}>
        <Outlet />
      </main>
      {changingPassword && <ChangePassword close={() => setChangingPassword(false)} />}
    </div>
  );
}

function ShellClock() {
  const now = useNow(1000);
  const down = useLiveStatus() === 'down';
  return (
    <span className="shell-clock">
      {down && (
        <span className="state state-warn" role="status">
          <span aria-hidden="true">!</span>连接中断，正在重连
        </span>
      )}
      {formatDay(dayOf(now))} <b>{formatClock(minutesOfDay(now))}</b>
    </span>
  );
}
