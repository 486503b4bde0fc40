// Who may import whom: docs/architecture.md, "Import rules". A rule here and a row there belong together.
const features = [
  'identity',
  'guide',
  'booking',
  'queue',
  'entry-codes',
  'cases',
  'payment',
  'delivery',
  'ratings',
];
const listeners = ['notifications', 'supervision'];
const anyFeature = [...features, ...listeners].join('|');

const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

/** A feature may use those in front of it, never one behind it. */
const featureOrder = features.map((feature, index) =>
  rule(
    `order-${feature}`,
    `${feature} may only use features in front of it (${features.slice(0, index).join(', ') || 'none'}); nobody waits for ${listeners.join(' and ')}`,
    { path: `^apps/api/src/${feature}/` },
    { path: `^apps/api/src/(${[...features.slice(index + 1), ...listeners].join('|')})/` },
  ),
);

module.exports = {
  forbidden: [
    rule(
      'no-cycles',
      'no import cycles at run time',
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    ),
    rule('resolvable', 'what is imported exists', { pathNot: '^apps/miniapp/' }, { couldNotResolve: true }),
    rule(
      'no-deep-imports',
      "a package is entered by its name, never by a path into its folders (contracts also by '@haoban/contracts/routes')",
      { path: '^(apps|libs)/([^/]+)/' },
      {
        path: '^(apps|libs)/[^/]+/',
        pathNot: [
          '^$1/$2/',
          '^libs/[^/]+/src/index\\.ts$',
          '^libs/contracts/src/routes\\.ts$',
          '^libs/design/src/tokens\\.(ts|css)$',
        ],
      },
    ),
    rule(
      'no-app-imports',
      'no app imports another',
      { path: '^apps/([^/]+)/' },
      { path: '^apps/', pathNot: '^apps/$1/' },
    ),
    rule('libs-know-no-app', 'libraries import no app', { path: '^libs/' }, { path: '^apps/' }),

    rule(
      'domain-imports-nothing',
      'the rules have no dependency at all',
      { path: '^libs/domain/' },
      { pathNot: '^libs/domain/' },
    ),
    rule(
      'contracts',
      'contracts import domain and zod only',
      { path: '^libs/contracts/' },
      { pathNot: ['^libs/(contracts|domain)/', '(^|/)node_modules/zod/'] },
    ),
    rule(
      'routes-without-zod',
      'the route table goes to the phone: nothing with zod in it, but types',
      { path: '^libs/contracts/src/routes' },
      { pathNot: ['^libs/contracts/src/routes', '^libs/domain/'], dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'client',
      'the client imports contracts only, and zod for types',
      { path: '^libs/client/' },
      { pathNot: ['^libs/(client|contracts)/', '(^|/)node_modules/zod/'] },
    ),
    rule(
      'client-without-zod',
      'of contracts the client takes types and the route table, so that no zod reaches the phone',
      { path: '^libs/client/' },
      {
        path: '^libs/contracts/',
        pathNot: '^libs/contracts/src/routes\\.ts$',
        dependencyTypesNot: ['type-only'],
      },
    ),
    rule(
      'outside-parties',
      'protocol clients and simulators use nothing of ours, so each can be tested against the other',
      { path: '^libs/(wechat|wechatpay|ems|simulators)/' },
      { path: '^(libs|apps)/', pathNot: '^libs/$1/' },
    ),
    rule(
      'simulators-own-code',
      'a simulator verifies with other code than the client it tests',
      { path: '^libs/simulators/' },
      { path: 'node_modules/(wechatpay-node-v3|sm-crypto)/' },
    ),

    rule(
      'screens-without-zod',
      'phone and browser take types and the route table of contracts only',
      { path: '^apps/(miniapp|hall)/' },
      {
        path: '^libs/contracts/',
        pathNot: '^libs/contracts/src/routes\\.ts$',
        dependencyTypesNot: ['type-only'],
      },
    ),
    rule(
      'screens-no-zod',
      'no zod on the phone or in the browser',
      { path: '^apps/(miniapp|hall)/' },
      { path: 'node_modules/zod/', dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'screens-libraries',
      'screens use domain, client, contracts and design only',
      { path: '^apps/(miniapp|hall)/' },
      { path: '^libs/', pathNot: '^libs/(domain|client|contracts|design)/' },
    ),
    rule(
      'design-imports-nothing',
      'the look has no dependency',
      { path: '^libs/design/' },
      { pathNot: '^libs/design/' },
    ),

    rule(
      'controllers-delegate',
      'a controller knows contracts, common and the services of its own feature',
      { path: `^apps/api/src/(${anyFeature})/[^/]+\\.controller\\.ts$` },
      {
        path: '^(apps|libs)/',
        pathNot: ['^libs/contracts/', '^apps/api/src/common/', '^apps/api/src/$1/[^/]+\\.service\\.ts$'],
      },
    ),
    rule(
      'own-entities-only',
      "a feature reaches another feature's records through its service, never its entities",
      { path: `^apps/api/src/(${anyFeature})/` },
      {
        path: `^apps/api/src/(${anyFeature})/[^/]+\\.(entity|repository)\\.ts$`,
        pathNot: '^apps/api/src/$1/',
      },
    ),
    rule(
      'entities-and-mappers',
      'entities and mappers know domain and contracts, no service and no protocol client',
      { path: '^apps/api/src/.+\\.(entity|mapper)\\.ts$' },
      { path: ['^libs/', '\\.(service|controller|module)\\.ts$'], pathNot: '^libs/(domain|contracts)/' },
    ),
    ...featureOrder,
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/' },
    tsPreCompilationDeps: 'specify',
    detectProcessBuiltinModuleCalls: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['types', 'import', 'require', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.cjs', '.json', '.d.ts'],
    },
  },
};
