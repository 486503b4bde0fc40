import { Button } from 'antd';
import { CloseOutlined } from '@ant-design/icons';
import type { DeskModel } from './use-desk.js';

const KEYS = '空格 叫下一位 · R 重呼 · S 开始 · F2 结束 · N 过号 · F4 收件开件 · 1–4 换列表 · Esc 返回';

/** One line that is always there: what it says comes and goes, what is below stays where it is. */
export function DeskNotice({ desk }: { desk: DeskModel }) {
  const { notice, setNotice, status, view } = desk;
  const text =
    notice?.text ??
    (status === 'down' ? '与服务器的连接断了，正在重连；画面每几秒更新一次。' : undefined) ??
    (view?.desk.status === 'paused' ? '窗口已暂停，不会叫号。按 F8 恢复。' : '');
  const tone = notice?.tone ?? (text ? 'warn' : 'none');
  return (
    <div className={`desk-notice notice-${tone}`} role={tone === 'called' ? 'alert' : 'status'}>
      <span className={text ? undefined : 'muted'}>{text || KEYS}</span>
      {notice?.problem?.requestId && (
        <details>
          <summary>请求编号</summary>
          <code>{notice.problem.requestId}</code>
        </details>
      )}
      {notice && (
        <Button
          type="text"
          size="small"
          aria-label="知道了"
          icon={<CloseOutlined />}
          onClick={() => setNotice(undefined)}
        />
      )}
    </div>
  );
}
