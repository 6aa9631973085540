'use strict';

// ESM-only packages load by `require` in Node 24 itself; inside Jest they have to be transformed.
const ESM_ONLY = ['@marcbachmann', 'canonicalize', 'axios', 'kysely', 'unpdf'];

// Types are checked by `npm run check`; here files are only turned into CommonJS, whatever their package's "type" says.
const TRANSPILE = {
	target: 'ES2023',
	module: 'CommonJS',
	moduleResolution: 'node10',
	esModuleInterop: true,
	allowJs: true,
	isolatedModules: true,
};

/** @type {import('jest').Config} */
const shared = {
	testEnvironment: 'node',
	rootDir: __dirname,
	transform: {
		'\\.[jt]sx?$': ['ts-jest', { tsconfig: TRANSPILE, diagnostics: false }],
	},
	transformIgnorePatterns: [`/node_modules/(?!(${ESM_ONLY.join('|')})/)`, '<rootDir>/dist/'],
	setupFilesAfterEnv: ['<rootDir>/test/support/patience.js'],
	globalSetup: '<rootDir>/test/support/run-folder.js',
	globalTeardown: '<rootDir>/test/support/remove-run-folder.js',
	modulePathIgnorePatterns: [
		'<rootDir>/dist/package.json',
		'<rootDir>/sandbox/node_modules',
		'<rootDir>/sandbox/.run',
		'<rootDir>/test/servers/',
	],
};

module.exports = {
	projects: [
		{
			...shared,
			displayName: 'unit',
			testMatch: ['<rootDir>/test/{core,nodes,credentials,cli,tools,workflows}/**/*.test.ts'],
		},
		{ ...shared, displayName: 'engine', testMatch: ['<rootDir>/test/engine/**/*.test.ts'] },
		// The corpus run keeps its printed PDFs in the temporary directory for the next run.
		{
			...shared,
			globalSetup: undefined,
			globalTeardown: undefined,
			displayName: 'corpus',
			testMatch: ['<rootDir>/test/corpus/**/*.test.ts'],
		},
		{ ...shared, displayName: 'e2e', testMatch: ['<rootDir>/test/e2e/**/*.test.ts'] },
	],
};
