import { Button, Table, type TableColumnsType } from 'antd';
import type { KeyboardEvent, ReactNode } from 'react';
import type { Pages } from './use-pages.js';
import { LoadView } from './views.js';

interface Props<T> {
  readonly pages: Pages<T>;
  readonly columns: TableColumnsType<T>;
  readonly empty: ReactNode;
  readonly label: string;
  readonly onOpen?: (item: T) => void;
}

/** A list by cursor: rows open by click and by Enter, arrows go from one to the next; its end says so. */
export function PagedTable<T extends { id: string }>({ pages, columns, empty, label, onOpen }: Props<T>) {
  return (
    <LoadView state={pages.state} retry={pages.reload}>
      {({ items, nextCursor }) =>
        items.length === 0 ? (
          empty
        ) : (
          <>
            <Table<T>
              size="middle"
              rowKey="id"
              aria-label={label}
              dataSource={items}
              columns={columns}
              pagination={false}
              scroll={{ x: 'max-content' }}
              onRow={(item) => (onOpen ? rowProps(() => onOpen(item)) : {})}
            />
            <div className="list-end">
              {nextCursor ? (
                <Button loading={pages.loadingMore} onClick={pages.more}>
                  再看 20 条
                </Button>
              ) : (
                <span>共 {items.length} 条，已全部显示</span>
              )}
            </div>
          </>
        )
      }
    </LoadView>
  );
}

function rowProps(open: () => void) {
  return {
    className: 'row-open',
    tabIndex: 0,
    onClick: open,
    onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
      const { key, target, currentTarget: row } = event;
      if (target !== row) return;
      if (key === 'Enter') open();
      if (key !== 'ArrowDown' && key !== 'ArrowUp') return;
      event.preventDefault();
      const beside = key === 'ArrowDown' ? row.nextElementSibling : row.previousElementSibling;
      if (beside instanceof HTMLElement) beside.focus();
    },
  };
}
