/** Slugs for the start page, best first: residents' items, with the two that companies ask for most. */
export const hotItems: readonly string[] = [
  'property-transfer',
  'id-card-renew',
  'medical-elsewhere',
  'flexible-insurance',
  'passport',
  'fund-purchase',
  'driver-licence-renew',
  'social-security-card',
  'marriage',
  'company-setup',
  'childcare-subsidy',
  'food-permit',
];
