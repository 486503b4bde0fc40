import { departments } from './departments.js';
import { desks } from './desks.js';
import { halls } from './halls.js';
import { hotItems } from './hot-items.js';
import { civilAffairsItems } from './items/civil-affairs.js';
import { constructionItems } from './items/construction.js';
import { disabledPersonsItems } from './items/disabled-persons.js';
import { educationItems } from './items/education.js';
import { employmentItems } from './items/employment.js';
import { exitEntryItems } from './items/exit-entry.js';
import { healthItems } from './items/health.js';
import { housingFundItems } from './items/housing-fund.js';
import { justiceItems } from './items/justice.js';
import { marketLicenceItems } from './items/market-licences.js';
import { marketRegistrationItems } from './items/market-registration.js';
import { medicalInsuranceItems } from './items/medical-insurance.js';
import { planningItems } from './items/planning.js';
import { policeItems } from './items/police.js';
import { propertyRightsItems } from './items/property-rights.js';
import { propertyTransferItems } from './items/property-transfer.js';
import { socialInsuranceItems } from './items/social-insurance.js';
import { taxationItems } from './items/taxation.js';
import { transportItems } from './items/transport.js';
import { utilitiesItems } from './items/utilities.js';
import { vehicleItems } from './items/vehicle.js';
import { queues } from './queues.js';
import { ratingLevels } from './ratings.js';
import { neighbours } from './neighbours.js';
import { residents } from './residents.js';
import { staff } from './staff.js';
import type { DemoCity } from './types.js';

export { demoPassword } from './staff.js';

/** 榕城, an invented city: everything that the seed writes, without dates. */
export const demoCity: DemoCity = {
  name: '榕城市',
  province: '榕江省',
  halls,
  departments,
  queues,
  desks,
  items: [
    ...policeItems,
    ...exitEntryItems,
    ...vehicleItems,
    ...propertyTransferItems,
    ...propertyRightsItems,
    ...socialInsuranceItems,
    ...employmentItems,
    ...medicalInsuranceItems,
    ...housingFundItems,
    ...taxationItems,
    ...civilAffairsItems,
    ...marketRegistrationItems,
    ...marketLicenceItems,
    ...healthItems,
    ...educationItems,
    ...transportItems,
    ...constructionItems,
    ...planningItems,
    ...justiceItems,
    ...disabledPersonsItems,
    ...utilitiesItems,
  ],
  hotItems,
  staff,
  residents,
  neighbours,
  ratingLevels,
};
