import { visitKindNames, type VisitKind } from '@haoban/domain';
import { Button, Radio, Select } from 'antd';
import { Field, NumberField } from '../common/field.js';
import { useItemSearch } from '../common/use-item-search.js';
import { ProblemView } from '../common/views.js';
import { BookRules } from './book-rules.js';
import type { BookModel } from './use-book.js';

const kinds = Object.keys(visitKindNames) as VisitKind[];

/** What is done: the item, more of the same visit, files, people, and how. */
export function BookVisit({ model }: { model: BookModel }) {
  const { item, setItem, faults, files, setFiles, persons, setPersons, kind, setKind } = model;
  const search = useItemSearch({ bookable: true });
  const offered = model.times.kinds;
  return (
    <section className="book-part book-visit" aria-label="办什么">
      <h3>办什么</h3>
      <Field label="事项（中文或拼音首字母，例如 bdczy）" fault={faults.item}>
        {(control) => (
          <Select
            {...control}
            showSearch={{ filterOption: false, onSearch: search.setQ }}
            placeholder="输入事项名称查找"
            value={item?.id}
            onChange={(id: string) => setItem(search.items.find((each) => each.id === id))}
            options={options(search.items, item)}
            notFoundContent={search.searching ? '正在查找' : '没有找到。换个说法，或只输入前两个字。'}
          />
        )}
      </Field>
      {search.problem && <ProblemView problem={search.problem} retry={search.retry} />}
      <div className="book-pair">
        <NumberField
          label="件数"
          unit="件"
          min={1}
          max={9}
          value={files}
          change={(value) => setFiles(value || 1)}
        />
        <NumberField
          label="一起来办的人数"
          unit="人"
          min={1}
          max={20}
          value={persons}
          change={(value) => setPersons(value || 1)}
        />
      </div>
      <Together model={model} />
      <div className="book-kind">
        <span id="book-kind">办理方式</span>
        <Radio.Group
          aria-labelledby="book-kind"
          optionType="button"
          value={kind}
          onChange={(event) => setKind(event.target.value as VisitKind)}
          options={kinds.map((value) => ({
            value,
            label: visitKindNames[value],
            disabled: value !== kind && offered !== undefined && !offered.includes(value),
          }))}
        />
      </div>
      {item && <BookRules itemId={item.id} />}
    </section>
  );
}

const MOST_MORE = 5;

function Together({ model }: { model: BookModel }) {
  const { item, also, setAlso } = model;
  const search = useItemSearch({ bookable: true, togetherWith: item?.id });
  const chosen = new Set([item?.id, ...also.map(({ id }) => id)]);
  return (
    <>
      <Field label="同一次再办（可以不选）">
        {(control) => (
          <Select
            {...control}
            showSearch={{ filterOption: false, onSearch: search.setQ }}
            placeholder={item ? '能在同一个窗口一起办的事项' : '先选上面的事项'}
            disabled={!item || also.length >= MOST_MORE}
            value={null}
            onChange={(id: string | null) => {
              const found = search.items.find((each) => each.id === id);
              if (found) setAlso([...also, { id: found.id, name: found.name, files: 1 }]);
            }}
            options={options(
              search.items.filter(({ id }) => !chosen.has(id)),
              undefined,
            )}
            notFoundContent={search.searching ? '正在查找' : '没有能一起办的事项'}
          />
        )}
      </Field>
      {also.map(({ id, name, files }) => (
        <div key={id} className="book-more">
          <span>{name}</span>
          <NumberField
            label={<span className="visually-hidden">{name} 的件数</span>}
            unit="件"
            min={1}
            max={9}
            value={files}
            change={(value) =>
              setAlso(also.map((each) => (each.id === id ? { ...each, files: value || 1 } : each)))
            }
          />
          <Button aria-label={`不办 ${name}`} onClick={() => setAlso(also.filter((each) => each.id !== id))}>
            去掉
          </Button>
        </div>
      ))}
    </>
  );
}

interface Named {
  readonly id: string;
  readonly name: string;
}

/** The chosen one keeps its name although the search has moved on. */
function options(items: readonly Named[], chosen: Named | undefined) {
  const all = chosen && !items.some(({ id }) => id === chosen.id) ? [chosen, ...items] : items;
  return all.map(({ id, name }) => ({ value: id, label: name }));
}
