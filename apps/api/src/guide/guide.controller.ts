import { endpoints } from '@haoban/contracts';
import { Controller } from '@nestjs/common';
import { Input, Route, type Inputs } from '../common/route.js';
import { GuidePagesService } from './guide-pages.service.js';

const { guide } = endpoints;
type Of<Operation extends keyof typeof guide> = Inputs<(typeof guide)[Operation]>;

@Controller()
export class GuideController {
  constructor(private readonly pages: GuidePagesService) {}

  @Route(guide.listHalls)
  listHalls() {
    return this.pages.listHalls();
  }

  @Route(guide.getHall)
  getHall(@Input() { hallId }: Of<'getHall'>) {
    return this.pages.getHall(hallId);
  }

  @Route(guide.listDepartments)
  listDepartments(@Input() { hallId }: Of<'listDepartments'>) {
    return this.pages.listDepartments(hallId);
  }

  @Route(guide.listItems)
  listItems(@Input() filter: Of<'listItems'>) {
    return this.pages.listItems(filter);
  }

  @Route(guide.getItem)
  getItem(@Input() { itemId }: Of<'getItem'>) {
    return this.pages.getItem(itemId);
  }

  @Route(guide.getSample)
  getSample(@Input() { materialId }: Of<'getSample'>) {
    return this.pages.getSample(materialId);
  }
}
