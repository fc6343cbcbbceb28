/**
 * Who may know whom: contracts, engine ← kernel ← base ← rooms ← composition. See ARCHITECTURE.md, "Who may know whom".
 */
const room = '^server/modules/([^/]+)/'
const tests = '\\.(test|fixture)\\.tsx?$|^test/|^bench/'

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: { pathNot: tests },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'leaves-know-nothing',
      severity: 'error',
      comment: 'contracts and engine are leaves',
      from: { path: '^(contracts|engine)/', pathNot: tests },
      to: { path: '^(server|web|bin)/' },
    },
    {
      name: 'engine-is-alone',
      severity: 'error',
      from: { path: '^engine/', pathNot: tests },
      to: { path: '^contracts/' },
    },
    {
      name: 'engine-reads-no-xml-in-the-browser',
      severity: 'error',
      comment: 'saxes stays behind engine/xml.ts',
      from: { path: '^engine/', pathNot: '^engine/xml' },
      to: { path: 'node_modules/saxes' },
    },
    {
      name: 'kernel-knows-no-room',
      severity: 'error',
      from: { path: '^server/kernel/', pathNot: tests },
      to: { path: '^server/(modules|migrations|seeds|pages|stand|rooms|app|worker|main)' },
    },
    {
      name: 'kit-knows-no-server',
      severity: 'error',
      from: { path: '^web/', pathNot: tests },
      to: { path: '^server/' },
    },
    {
      name: 'a-room-is-entered-by-its-door',
      severity: 'error',
      from: { path: '^server/(?!modules/)', pathNot: tests },
      to: { path: '^server/modules/[^/]+/', pathNot: '^server/modules/[^/]+/index\\.ts$' },
    },
    {
      name: 'a-neighbour-is-entered-by-its-door',
      severity: 'error',
      from: { path: room, pathNot: tests },
      to: { path: room, pathNot: ['^server/modules/$1/', '^server/modules/[^/]+/index\\.ts$'] },
    },
    {
      name: 'rooms-do-not-know-each-other',
      severity: 'error',
      from: { path: '^server/modules/(reporting|roadmap|passports|education|servicedesk|cabinet)/' },
      to: {
        path: '^server/modules/(reporting|roadmap|passports|education|servicedesk|cabinet)/',
        pathNot: '^server/modules/$1/',
      },
    },
    {
      name: 'base-knows-no-room',
      severity: 'error',
      from: { path: '^server/modules/(identity|organisations|messages|applications|letters)/', pathNot: tests },
      to: { path: '^server/modules/(reporting|roadmap|passports|education|servicedesk|cabinet)/' },
    },
    {
      name: 'identity-comes-first',
      severity: 'error',
      from: { path: '^server/modules/identity/', pathNot: tests },
      to: { path: '^server/modules/(organisations|messages|applications)/' },
    },
    {
      name: 'organisations-come-second',
      severity: 'error',
      from: { path: '^server/modules/organisations/', pathNot: tests },
      to: { path: '^server/modules/(messages|applications)/' },
    },
    {
      name: 'messages-come-third',
      severity: 'error',
      from: { path: '^server/modules/messages/', pathNot: tests },
      to: { path: '^server/modules/applications/' },
    },
    {
      name: 'letters-come-last',
      severity: 'error',
      comment: 'of the base rooms: nobody but the composition knows them',
      from: { path: '^server/modules/(?!letters/)', pathNot: tests },
      to: { path: '^server/modules/letters/' },
    },
    {
      name: 'composition-is-on-top',
      severity: 'error',
      from: { path: '^server/(modules|kernel|migrations)/', pathNot: tests },
      to: { path: '^server/(app|worker|main|rooms)\\.tsx?$' },
    },
    { name: 'no-test-in-the-program', severity: 'error', from: { pathNot: tests }, to: { path: tests } },
    {
      name: 'no-development-dependency-in-the-program',
      severity: 'error',
      from: { path: '^(server|web|engine|contracts)/', pathNot: tests },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'everything-resolves',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^(vitest|bun:)' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|data|node_modules/.cache)' },
    parser: 'swc',
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.json'],
    },
  },
}
