import '../styles/forms.css';
import '../styles/policy.css';
import type { CapacityUse } from '@haoban/contracts';
import { formatDay } from '@haoban/domain';
import { Select } from 'antd';
import { DateField } from '../common/field.js';
import { percent } from '../common/format.js';
import { EmptyView, LoadView } from '../common/views.js';
import { BarChart } from './bar-chart.js';
import type { Column } from './bars.js';
import {
  chartWords,
  columnOf,
  noShowShare,
  rangeNames,
  takenOf,
  useShare,
  type RangeName,
} from './use-model.js';
import { useUsePage } from './use-use-page.js';

/** How much of what is offered is used: the figures, their picture, and the tables behind it. */
export default function UsePage() {
  const model = useUsePage();
  return (
    <div className="page">
      <div className="page-head">
        <h1>用量</h1>
        <Select
          aria-label="队列"
          allowClear
          placeholder="全部队列"
          style={{ width: 180 }}
          value={model.queueId}
          onChange={model.setQueueId}
          options={model.queues.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <Select<RangeName>
          aria-label="日期范围"
          style={{ width: 170 }}
          value={model.name}
          onChange={model.setName}
          options={(Object.keys(rangeNames) as RangeName[]).map((value) => ({
            value,
            label: rangeNames[value],
          }))}
        />
      </div>
      {model.name === 'own' && (
        <div className="use-range">
          <DateField
            label="从"
            value={model.own.from}
            change={(from) => model.setOwn({ ...model.own, from })}
          />
          <DateField
            label="到"
            value={model.own.to}
            change={(to) => model.setOwn({ ...model.own, to })}
            fault={model.fault}
          />
        </div>
      )}
      {!model.fault && (
        <LoadView state={model.use.state} retry={model.use.reload} rows={12}>
          {({ days, hours, total }) =>
            total.capacity === 0 && takenOf(total) === 0 ? (
              <EmptyView title="这段时间没有放号">换个日期或队列再看</EmptyView>
            ) : (
              <>
                <Figures total={total} />
                <UseChart
                  title="按天"
                  words={chartWords('按天', total)}
                  unit="日期"
                  lines={days.map((use) => ({
                    column: columnOf(
                      use.day,
                      `${Number(use.day.slice(5, 7))}/${Number(use.day.slice(8))}`,
                      use,
                    ),
                    name: formatDay(use.day),
                    use,
                  }))}
                />
                <UseChart
                  title="按小时"
                  words={chartWords('按小时', total)}
                  unit="时间"
                  lines={hours.map((use) => ({
                    column: columnOf(String(use.hour), `${use.hour} 点`, use),
                    name: `${use.hour}:00–${use.hour + 1}:00`,
                    use,
                  }))}
                />
              </>
            )
          }
        </LoadView>
      )}
    </div>
  );
}

function Figures({ total }: { total: CapacityUse }) {
  return (
    <div className="figures use-figures">
      <section className="figure" aria-label="使用率">
        <h2>使用率</h2>
        <p className="figure-number">{percent(useShare(total))}</p>
        <p className="muted">
          {total.capacity} 个名额，已约 {takenOf(total)}
        </p>
      </section>
      <section className="figure" aria-label="各类名额">
        <h2>各类已约</h2>
        <p className="figure-number">{takenOf(total)}</p>
        <p className="muted">
          公开 {total.public}/{total.publicCapacity} · 绿色通道 {total.green}/{total.greenCapacity} · 大厅代约{' '}
          {total.internal}
        </p>
      </section>
      <section className="figure" aria-label="爽约率">
        <h2>爽约率</h2>
        <p className="figure-number">{percent(noShowShare(total))}</p>
        <p className="muted">
          来了 {total.came}，没来 {total.noShows}
        </p>
      </section>
      <section className="figure" aria-label="取消">
        <h2>取消</h2>
        <p className="figure-number">{total.cancelled}</p>
        <p className="muted">取消的名额会重新放出</p>
      </section>
    </div>
  );
}

interface ChartProps {
  readonly title: string;
  readonly words: string;
  readonly unit: string;
  readonly lines: readonly { readonly column: Column; readonly name: string; readonly use: CapacityUse }[];
}

function UseChart({ title, words, unit, lines }: ChartProps) {
  return (
    <section className="use-chart" aria-label={title}>
      <div className="section-head">
        <h2>{title}</h2>
        <ul className="legend" aria-label="图例">
          <li>
            <i aria-hidden="true" />
            全部名额
          </li>
          <li>
            <i aria-hidden="true" className="legend-taken" />
            已约
          </li>
          <li>
            <i aria-hidden="true" className="legend-missed" />
            其中爽约
          </li>
        </ul>
      </div>
      <BarChart columns={lines.map(({ column }) => column)} label={words} />
      <details>
        <summary>看表格</summary>
        <table className="lines" aria-label={`${title}的用量`}>
          <thead>
            <tr>
              <th>{unit}</th>
              <th>名额</th>
              <th>已约</th>
              <th>使用率</th>
              <th>公开</th>
              <th>绿色通道</th>
              <th>大厅代约</th>
              <th>来了</th>
              <th>爽约</th>
              <th>取消</th>
            </tr>
          </thead>
          <tbody>
            {lines.map(({ column, name, use }) => (
              <tr key={column.key}>
                <td className="number">{name}</td>
                <td>{use.capacity}</td>
                <td>{takenOf(use)}</td>
                <td>{percent(useShare(use))}</td>
                <td>{use.public}</td>
                <td>{use.green}</td>
                <td>{use.internal}</td>
                <td>{use.came}</td>
                <td>{use.noShows}</td>
                <td>{use.cancelled}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </section>
  );
}
