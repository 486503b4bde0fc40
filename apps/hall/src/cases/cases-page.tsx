import { caseStates } from '@haoban/domain';
import { Input, Select } from 'antd';
import { caseWords } from '../common/words.js';
import { CaseDrawer } from './case-drawer.js';
import { CaseList } from './case-list.js';
import { useCasesPage } from './use-cases-page.js';

export default function CasesPage() {
  const { filter, openId, search, choose, open, again } = useCasesPage();
  return (
    <div className="page">
      <div className="page-head">
        <h1>办件</h1>
        <Select
          aria-label="状态"
          allowClear
          placeholder="全部状态"
          style={{ width: 150 }}
          value={filter.state}
          onChange={choose}
          options={caseStates.map((value) => ({ value, label: caseWords[value] }))}
        />
        <Input.Search
          aria-label="查找办件"
          allowClear
          placeholder="办件编号，或其中一段"
          defaultValue={filter.q}
          onSearch={search}
          style={{ width: 300 }}
          maxLength={64}
        />
      </div>
      <CaseList filter={filter} open={({ id }) => open(id)} />
      {openId && <CaseDrawer caseId={openId} close={() => open(undefined)} changed={again} />}
    </div>
  );
}
