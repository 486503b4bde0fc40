import '../styles/forms.css';
import '../styles/policy.css';
import { Alert, Button, Input } from 'antd';
import { Link } from 'react-router-dom';
import { whenOf } from '../common/format.js';
import { OutcomeAlert } from '../common/outcome-alert.js';
import { useNow } from '../common/use-now.js';
import { LoadView, ProblemView, StateTag } from '../common/views.js';
import { compareRules, presetLine } from './policy-model.js';
import { PolicyNumbers } from './policy-numbers.js';
import { usePolicyPage } from './use-policy-page.js';

type Model = ReturnType<typeof usePolicyPage>;

/** Ready sets and own numbers on the left, the sentences that citizens will read on the right. */
export default function PolicyPage() {
  const model = usePolicyPage();
  const { policy, saved } = model;
  const now = useNow(60_000);
  return (
    <div className="page">
      <div className="page-head">
        <h1>预约规则</h1>
        {saved?.savedAt && (
          <span className="muted">
            {saved.savedBy} {whenOf(saved.savedAt, now)} 保存
          </span>
        )}
        <Link to="/calendar?tab=changes">变更记录</Link>
      </div>
      {model.outcome && <OutcomeAlert type="success" title={model.outcome} />}
      {model.news && <Alert className="outcome" type="warning" showIcon role="status" title={model.news} />}
      <LoadView state={policy.state} retry={policy.reload} rows={12}>
        {() =>
          model.now && (
            <div className="policy">
              <div>
                <Presets model={model} />
                <PolicyNumbers settings={model.now.settings} change={model.edit} faults={model.faults} />
              </div>
              <Reading model={model} />
            </div>
          )
        }
      </LoadView>
    </div>
  );
}

function Presets({ model }: { model: Model }) {
  const { saved, now } = model;
  if (!saved || !now) return null;
  return (
    <section aria-label="可选的几套规则">
      <div className="section-head">
        <h2>可选的几套规则</h2>
        <span className="muted">改动下面的任何数字就成为「自定义」</span>
      </div>
      <table className="lines preset-table">
        <thead>
          <tr>
            <th>规则</th>
            <th>建议提前</th>
            <th>每人次数</th>
            <th>取消</th>
            <th>爽约</th>
          </tr>
        </thead>
        <tbody>
          {saved.presets.map((preset) => {
            const line = presetLine(preset);
            return (
              <tr key={preset.key}>
                <td>
                  <label>
                    <input
                      type="radio"
                      name="preset"
                      checked={now.preset === preset.key}
                      onChange={() => model.choose(preset)}
                    />
                    <span>
                      {preset.name} {saved.preset === preset.key && <StateTag tone="good">在用</StateTag>}
                    </span>
                  </label>
                </td>
                <td className="number">{line.ahead}</td>
                <td className="number">{line.perPerson}</td>
                <td className="number">{line.cancel}</td>
                <td className="number">{line.noShow}</td>
              </tr>
            );
          })}
          <tr>
            <td>
              <label>
                <input
                  type="radio"
                  name="preset"
                  checked={now.preset === 'custom'}
                  onChange={() => saved.preset === 'custom' && model.discard()}
                  disabled={now.preset !== 'custom' && saved.preset !== 'custom'}
                />
                <span>自定义 {saved.preset === 'custom' && <StateTag tone="good">在用</StateTag>}</span>
              </label>
            </td>
            <td colSpan={4} className="muted">
              改动下面的数字
            </td>
          </tr>
        </tbody>
      </table>
      {saved.presets
        .filter(({ key }) => key === now.preset)
        .map(({ key, name, about, settings, window }) => (
          <p key={key} className="preset-about">
            {name}：{about}
            {window && (
              <>
                {' '}
                提前几天开放按队列设置，不随规则改变：建议 {presetLine({ settings, window }).ahead}，请到
                <Link to="/calendar?tab=rules">日历的放号规则</Link>里改。
              </>
            )}
          </p>
        ))}
    </section>
  );
}

function Reading({ model }: { model: Model }) {
  const { saved, preview, changed, complete } = model;
  if (!saved) return null;
  const then = changed && preview.data ? preview.data.rules : saved.rules;
  const { then: sentences, gone } = compareRules(saved.rules, then);
  return (
    <section className="policy-read" aria-label="市民会读到" aria-busy={preview.asking}>
      <h2>市民会读到</h2>
      <div className="policy-sentences" tabIndex={0} role="group" aria-label="规则的说法">
        <ol>
          {sentences.map(({ text, change }) => (
            <li key={text}>
              {change === 'new' && <StateTag tone="info">改动</StateTag>} {text}
            </li>
          ))}
        </ol>
        {gone.length > 0 && (
          <details>
            <summary>原来的说法</summary>
            {gone.map((text) => (
              <del key={text}>{text}</del>
            ))}
          </details>
        )}
      </div>
      <p role="status" className="muted">
        {!complete ? '填好标红的数字后，这里会更新。' : preview.asking && '正在更新……'}
      </p>
      {changed && preview.problem && <ProblemView problem={preview.problem} retry={preview.retry} />}
      {model.problem && <ProblemView problem={model.problem} />}
      {changed && (
        <form
          className="policy-save"
          onSubmit={(event) => {
            event.preventDefault();
            model.save();
          }}
        >
          <Input
            aria-label="修改原因"
            placeholder="修改原因（记入变更记录）"
            maxLength={100}
            value={model.reason}
            onChange={(event) => model.setReason(event.target.value)}
          />
          <div className="day-acts">
            <Button onClick={model.discard}>放弃修改</Button>
            <Button
              type="primary"
              htmlType="submit"
              loading={model.busy}
              disabled={!complete || !model.reason.trim()}
            >
              保存预约规则
            </Button>
          </div>
        </form>
      )}
    </section>
  );
}
