import { DownloadOutlined, PrinterOutlined } from '@ant-design/icons';
import type { EntryCode } from '@haoban/contracts';
import { Alert, Button, Skeleton } from 'antd';
import { usePoster } from './use-poster.js';

export function PosterView({ code }: { code: EntryCode }) {
  const { poster, saving, failed, save, print } = usePoster(code);
  const ready = poster.status === 'ready';
  return (
    <>
      <div className="poster-acts">
        <Button
          type="primary"
          size="large"
          icon={<DownloadOutlined />}
          disabled={!ready}
          loading={saving}
          onClick={save}
        >
          下载 PDF
        </Button>
        <Button size="large" icon={<PrinterOutlined />} disabled={!ready} onClick={print}>
          打印
        </Button>
        <span className="muted">A4 竖版，用白纸彩色打印效果最好</span>
      </div>
      {failed && <Alert type="error" showIcon role="alert" title="没有生成 PDF，请再试一次，或直接打印。" />}
      {poster.status === 'failed' && (
        <Alert type="error" showIcon role="alert" title="海报没有画出来，请刷新页面后再试。" />
      )}
      {poster.status === 'drawing' && <Skeleton active={false} title={false} paragraph={{ rows: 8 }} />}
      {poster.status === 'ready' && (
        <img className="poster" src={poster.url} alt={`${code.hallName} ${code.title} 的预约码海报`} />
      )}
    </>
  );
}
