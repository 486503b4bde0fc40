import { endpoints } from '@haoban/contracts';
import { Controller } from '@nestjs/common';
import type { CitizenActor, StaffActor } from '../common/actor.js';
import { RateLimit } from '../common/rate-limit.js';
import { CurrentActor, Input, Route, type Inputs, type Outputs } from '../common/route.js';
import { CaseDeskService } from './case-desk.service.js';
import { CaseLookUpService } from './case-look-up.service.js';
import { CaseReadService } from './case-read.service.js';

type Routes = typeof endpoints.cases;
type In<Name extends keyof Routes> = Inputs<Routes[Name]>;
type Out<Name extends keyof Routes> = Promise<Outputs<Routes[Name]>>;

@Controller()
export class CasesController {
  constructor(
    private readonly reading: CaseReadService,
    private readonly looking: CaseLookUpService,
    private readonly desk: CaseDeskService,
  ) {}

  @Route(endpoints.cases.listMine)
  listMine(@CurrentActor() actor: CitizenActor, @Input() input: In<'listMine'>): Out<'listMine'> {
    return this.reading.listMine(actor, input);
  }

  @Route(endpoints.cases.getMine)
  getMine(@CurrentActor() actor: CitizenActor, @Input() { caseId }: In<'getMine'>): Out<'getMine'> {
    return this.reading.getMine(actor, caseId);
  }

  @Route(endpoints.cases.lookUp)
  @RateLimit({ points: 30, seconds: 300, by: 'ip' })
  lookUp(@Input() input: In<'lookUp'>): Out<'lookUp'> {
    return this.looking.lookUp(input);
  }

  @Route(endpoints.cases.listOfHall)
  listOfHall(@CurrentActor() actor: StaffActor, @Input() input: In<'listOfHall'>): Out<'listOfHall'> {
    return this.reading.listOfHall(actor, input);
  }

  @Route(endpoints.cases.getOfHall)
  getOfHall(@CurrentActor() actor: StaffActor, @Input() { caseId }: In<'getOfHall'>): Out<'getOfHall'> {
    return this.reading.getOfHall(actor, caseId);
  }

  @Route(endpoints.cases.open)
  open(@CurrentActor() actor: StaffActor, @Input() input: In<'open'>): Out<'open'> {
    return this.desk.open(actor, input);
  }

  @Route(endpoints.cases.advance)
  advance(@CurrentActor() actor: StaffActor, @Input() input: In<'advance'>): Out<'advance'> {
    return this.desk.advance(actor, input);
  }

  @Route(endpoints.cases.suspend)
  suspend(@CurrentActor() actor: StaffActor, @Input() input: In<'suspend'>): Out<'suspend'> {
    return this.desk.suspend(actor, input);
  }

  @Route(endpoints.cases.resume)
  resume(@CurrentActor() actor: StaffActor, @Input() input: In<'resume'>): Out<'resume'> {
    return this.desk.resume(actor, input);
  }

  @Route(endpoints.cases.askCorrection)
  askCorrection(
    @CurrentActor() actor: StaffActor,
    @Input() input: In<'askCorrection'>,
  ): Out<'askCorrection'> {
    return this.desk.askCorrection(actor, input);
  }

  @Route(endpoints.cases.receiveCorrection)
  receiveCorrection(
    @CurrentActor() actor: StaffActor,
    @Input() input: In<'receiveCorrection'>,
  ): Out<'receiveCorrection'> {
    return this.desk.receiveCorrection(actor, input);
  }

  @Route(endpoints.cases.decide)
  decide(@CurrentActor() actor: StaffActor, @Input() input: In<'decide'>): Out<'decide'> {
    return this.desk.decide(actor, input);
  }

  @Route(endpoints.cases.notAccept)
  notAccept(@CurrentActor() actor: StaffActor, @Input() input: In<'notAccept'>): Out<'notAccept'> {
    return this.desk.notAccept(actor, input);
  }

  @Route(endpoints.cases.withdraw)
  withdraw(@CurrentActor() actor: CitizenActor, @Input() input: In<'withdraw'>): Out<'withdraw'> {
    return this.desk.withdraw(actor, input);
  }

  @Route(endpoints.cases.close)
  close(@CurrentActor() actor: StaffActor, @Input() input: In<'close'>): Out<'close'> {
    return this.desk.close(actor, input);
  }

  @Route(endpoints.cases.issueCertificate)
  issueCertificate(
    @CurrentActor() actor: StaffActor,
    @Input() input: In<'issueCertificate'>,
  ): Out<'issueCertificate'> {
    return this.desk.issueCertificate(actor, input);
  }

  @Route(endpoints.cases.handOverCertificate)
  handOverCertificate(
    @CurrentActor() actor: StaffActor,
    @Input() input: In<'handOverCertificate'>,
  ): Out<'handOverCertificate'> {
    return this.desk.handOverCertificate(actor, input);
  }
}
