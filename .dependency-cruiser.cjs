'use strict';
// Arrows between the rooms (docs/architecture.md): nodes and cli → core; inside core only forward along
// contract, lifecycle, ingress → policy → plan, requests → scim, approval → governance; audit, html, time, spelling, model and ports serve all; only store knows SQL.

/** Rooms of core in the direction of the arrows: a room may use those of earlier stages, never its neighbours or later ones. */
const STAGES = [
	['contract', 'lifecycle', 'ingress'],
	['policy'],
	['plan', 'requests'],
	['scim', 'approval'],
	['governance'],
];

const forwardOnly = STAGES.flatMap((rooms, stage) => {
	const forbidden = STAGES.slice(stage).flat();
	return rooms.map((room) => ({
		name: `${room}-looks-back-only`,
		comment: `core/${room} may use earlier rooms, core/model, core/ports and core/audit only.`,
		severity: 'error',
		from: { path: `^core/${room}/` },
		to: { path: `^core/(${forbidden.filter((other) => other !== room).join('|')})/` },
	}));
});

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
	forbidden: [
		...forwardOnly,
		{
			name: 'core-knows-no-n8n',
			comment: 'The domain runs without n8n: from the CLI, in tests, in another engine.',
			severity: 'error',
			from: { path: '^core/' },
			to: { path: '(^nodes/|^credentials/|^cli/|node_modules/n8n-|^n8n-)' },
		},
		{
			name: 'model-and-ports-stand-alone',
			comment: 'Everybody imports them, so they import nobody.',
			severity: 'error',
			from: { path: '^core/(model/|ports\\.ts)' },
			to: { path: '^core/', pathNot: '^core/(model/|ports\\.ts)' },
		},
		{
			name: 'html-stands-alone',
			comment: 'Escaping serves every page; it needs no room.',
			severity: 'error',
			from: { path: '^core/html/' },
			to: { path: '^core/', pathNot: '^core/html/' },
		},
		{
			name: 'time-and-spelling-stand-alone',
			comment: 'Rooms that may not know each other need both.',
			severity: 'error',
			from: { path: '^core/(time|spelling)/' },
			to: { path: '^core/', pathNot: '^core/(time|spelling|model)/' },
		},
		{
			name: 'audit-stands-alone',
			comment: 'All rooms write audit records; the log needs none of them.',
			severity: 'error',
			from: { path: '^core/audit/' },
			to: { path: '^core/', pathNot: '^core/(audit/|model/|ports\\.ts)' },
		},
		{
			name: 'only-store-knows-sql',
			comment: 'SQL and database drivers stay behind the store interface.',
			severity: 'error',
			from: { pathNot: '^core/store/' },
			to: { path: '(node_modules/(kysely|pg)/|^kysely|^pg$|sqlite)', pathNot: '^core/store/' },
		},
		{
			name: 'store-comes-in-as-an-argument',
			comment: 'Rooms of core see the store as a type; nodes and cli open one and pass it in.',
			severity: 'error',
			from: { path: '^core/', pathNot: '^core/store/' },
			to: { path: '^core/store/', dependencyTypesNot: ['type-only'] },
		},
		{
			name: 'front-door-between-core-rooms',
			comment: "Import another room by its index.ts; what it doesn't export is its own business.",
			severity: 'error',
			from: { path: '^core/([^/]+)/' },
			to: { path: '^core/[^/]+/.+', pathNot: ['^core/$1/', '^core/[^/]+/index\\.ts$'] },
		},
		{
			name: 'front-door-into-core',
			comment: 'nodes, credentials and cli use a room of core by its index.ts.',
			severity: 'error',
			from: { path: '^(nodes|credentials|cli)/' },
			to: { path: '^core/[^/]+/.+', pathNot: '^core/[^/]+/index\\.ts$' },
		},
		{
			name: 'front-door-between-nodes',
			comment:
				'A node may use the modules of nodes/runtime (of its folders: the index), never the inside of another node.',
			severity: 'error',
			from: { path: '^nodes/([^/]+)/' },
			to: {
				path: '^nodes/[^/]+/',
				pathNot: ['^nodes/$1/', '^nodes/runtime/[^/]+\\.ts$', '^nodes/runtime/[^/]+/index\\.ts$'],
			},
		},
		{
			name: 'cli-without-n8n',
			comment: 'The CLI runs where no n8n is.',
			severity: 'error',
			from: { path: '^cli/' },
			to: { path: '(^nodes/|^credentials/|node_modules/n8n-)' },
		},
		{
			name: 'no-circles',
			comment: 'Modules that need each other are one module, or hide a third.',
			severity: 'error',
			from: {},
			to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
		},
		{
			name: 'shipped-code-needs-shipped-dependencies',
			comment: 'A devDependency imported here would be missing after installation.',
			severity: 'error',
			from: { path: '^(core|nodes|credentials|cli)/' },
			to: {
				dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'],
				dependencyTypesNot: ['type-only'],
				pathNot: 'n8n-workflow',
			},
		},
		{
			name: 'everything-resolves',
			comment: 'An import that leads nowhere.',
			severity: 'error',
			from: {},
			to: { couldNotResolve: true },
		},
	],
	options: {
		doNotFollow: { path: 'node_modules' },
		exclude: { path: '^(dist|sandbox)/' },
		tsConfig: { fileName: 'tsconfig.json' },
		tsPreCompilationDeps: true,
		builtInModules: { add: ['node:sqlite'] },
		enhancedResolveOptions: {
			exportsFields: ['exports'],
			extensions: ['.ts', '.js', '.json'],
			conditionNames: ['require', 'node', 'default', 'types'],
		},
	},
};
