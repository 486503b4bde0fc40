import { createStore } from './store';

export interface ItemsFilter {
  readonly q: string;
  readonly departmentId: string | undefined;
  readonly zeroVisit: boolean;
  readonly instant: boolean;
  readonly bookable: boolean;
  readonly courier: boolean;
}

export const noFilter: ItemsFilter = {
  q: '',
  departmentId: undefined,
  zeroVisit: false,
  instant: false,
  bookable: false,
  courier: false,
};

/** Kept outside the page, so that 首页's 预约 can open the tab with its filter set (a tab takes no query). */
export const itemsFilterStore = createStore<ItemsFilter>(noFilter);
