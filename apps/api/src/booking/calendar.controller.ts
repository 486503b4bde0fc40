import { endpoints } from '@haoban/contracts';
import { Controller } from '@nestjs/common';
import type { StaffActor } from '../common/actor.js';
import { CurrentActor, Input, Route, type Inputs, type Outputs } from '../common/route.js';
import { BookingPolicyService } from './booking-policy.service.js';
import { CalendarClosures } from './calendar-closures.service.js';
import { CalendarOverrides } from './calendar-overrides.service.js';
import { CalendarPreview } from './calendar-preview.service.js';
import { CalendarSave } from './calendar-save.service.js';
import { CalendarUse } from './calendar-use.service.js';
import { CalendarViews } from './calendar-views.service.js';
import { Disruptions } from './disruptions.service.js';

const { calendar } = endpoints;
type In<Operation extends keyof typeof calendar> = Inputs<(typeof calendar)[Operation]>;
type Out<Operation extends keyof typeof calendar> = Promise<Outputs<(typeof calendar)[Operation]>>;

@Controller()
export class CalendarController {
  constructor(
    private readonly views: CalendarViews,
    private readonly previewing: CalendarPreview,
    private readonly saving: CalendarSave,
    private readonly closures: CalendarClosures,
    private readonly overrides: CalendarOverrides,
    private readonly disruptions: Disruptions,
  ) {}

  @Route(calendar.getCalendar)
  getCalendar(@CurrentActor() actor: StaffActor, @Input() input: In<'getCalendar'>): Out<'getCalendar'> {
    return this.views.getCalendar(actor, input);
  }

  @Route(calendar.listChanges)
  listChanges(@CurrentActor() actor: StaffActor, @Input() input: In<'listChanges'>): Out<'listChanges'> {
    return this.views.listChanges(actor, input);
  }

  @Route(calendar.preview)
  preview(@CurrentActor() actor: StaffActor, @Input() input: In<'preview'>): Out<'preview'> {
    return this.previewing.preview(actor, input);
  }

  @Route(calendar.saveRules)
  saveRules(@CurrentActor() actor: StaffActor, @Input() input: In<'saveRules'>): Out<'saveRules'> {
    return this.saving.saveRules(actor, input);
  }

  @Route(calendar.addClosure)
  addClosure(@CurrentActor() actor: StaffActor, @Input() input: In<'addClosure'>): Out<'addClosure'> {
    return this.closures.addClosure(actor, input);
  }

  @Route(calendar.removeClosure)
  removeClosure(
    @CurrentActor() actor: StaffActor,
    @Input() input: In<'removeClosure'>,
  ): Out<'removeClosure'> {
    return this.closures.removeClosure(actor, input);
  }

  @Route(calendar.addOverride)
  addOverride(@CurrentActor() actor: StaffActor, @Input() input: In<'addOverride'>): Out<'addOverride'> {
    return this.overrides.addOverride(actor, input);
  }

  @Route(calendar.removeOverride)
  removeOverride(
    @CurrentActor() actor: StaffActor,
    @Input() input: In<'removeOverride'>,
  ): Out<'removeOverride'> {
    return this.overrides.removeOverride(actor, input);
  }

  @Route(calendar.listAffected)
  listAffected(@CurrentActor() actor: StaffActor, @Input() input: In<'listAffected'>): Out<'listAffected'> {
    return this.disruptions.listUnanswered(actor, input);
  }
}

/** The rules of a hall, and how its capacity is used. */
@Controller()
export class BookingPolicyController {
  constructor(
    private readonly policies: BookingPolicyService,
    private readonly uses: CalendarUse,
  ) {}

  @Route(calendar.getPolicy)
  getPolicy(@CurrentActor() actor: StaffActor): Out<'getPolicy'> {
    return this.policies.getPolicy(actor);
  }

  @Route(calendar.savePolicy)
  savePolicy(@CurrentActor() actor: StaffActor, @Input() input: In<'savePolicy'>): Out<'savePolicy'> {
    return this.policies.savePolicy(actor, input);
  }

  @Route(calendar.presets)
  presets() {
    return this.policies.listPresets();
  }

  @Route(calendar.use)
  use(@CurrentActor() actor: StaffActor, @Input() input: In<'use'>): Out<'use'> {
    return this.uses.use(actor, input);
  }
}
