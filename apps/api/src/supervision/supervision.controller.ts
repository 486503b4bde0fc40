import { endpoints } from '@haoban/contracts';
import { Controller } from '@nestjs/common';
import { Input, Route, type Inputs } from '../common/route.js';
import { SupervisionService } from './supervision.service.js';

@Controller()
export class SupervisionController {
  constructor(private readonly supervision: SupervisionService) {}

  @Route(endpoints.supervision.listAudit)
  listAudit(@Input() input: Inputs<typeof endpoints.supervision.listAudit>) {
    return this.supervision.listAudit(input);
  }
}
