// Lint rules: TypeScript strict with types, n8n's two plugins for what n8n loads, plain rules for the tools.
import { n8nCommunityNodesPlugin } from '@n8n/eslint-plugin-community-nodes';
import { createRequire } from 'node:module';
import tseslint from 'typescript-eslint';

const require = createRequire(import.meta.url);
const n8nNodesBase = require('eslint-plugin-n8n-nodes-base');

const communityRules = n8nCommunityNodesPlugin.configs.recommendedWithoutN8nCloudSupport;
const N8N_FILES = ['nodes/**/*.ts', 'credentials/**/*.ts'];

/** eslint-plugin-n8n-nodes-base 2 still ships eslintrc-style configs: under flat config only their rules are usable. */
function nodesBase(config, files, exceptions = {}) {
	return {
		files,
		plugins: { 'n8n-nodes-base': n8nNodesBase },
		rules: { ...n8nNodesBase.configs[config].rules, ...exceptions },
	};
}

export default tseslint.config(
	{
		ignores: ['dist/', 'artifacts/', 'coverage/', 'sandbox/.run/', '**/node_modules/', '.mirror/', '.cache/'],
	},

	{
		files: ['**/*.ts'],
		extends: [tseslint.configs.strictTypeChecked],
		languageOptions: {
			parserOptions: { project: ['./tsconfig.test.json'], tsconfigRootDir: import.meta.dirname },
		},
		rules: {
			'no-console': 'error',
			eqeqeq: ['error', 'always'],
			'@typescript-eslint/consistent-type-imports': 'error',
			'@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
			// A number in a message has one obvious form; objects and undefined do not.
			'@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
			// `return report(problem)` in a function without result says what it means.
			'@typescript-eslint/no-confusing-void-expression': 'off',
			// Spreading a text gives its code points, and that is what is wanted where we do it.
			'@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
			'@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
			// Implementing an asynchronous port with something that has nothing to wait for is normal.
			'@typescript-eslint/require-await': 'off',
		},
	},

	{
		files: N8N_FILES,
		...communityRules,
		rules: {
			...communityRules.rules,
			// The package keeps state and speaks protocols: zod, kysely, pg, yaml … are its job, each reviewed (design §8).
			'@n8n/community-nodes/no-runtime-dependencies': 'off',
			// Demands `usableAsTool`, whose type has no `false`; nodes that write must never be tools (facts of n8n 2.41).
			'@n8n/community-nodes/node-usable-as-tool': 'off',
			// Senders are set up by hand with our URL, and the gate's webhook resumes a wait: there is nothing to register.
			'@n8n/community-nodes/webhook-lifecycle-complete': 'off',
			// Flags domain errors thrown inside a catch; they become NodeOperationErrors in one place, nodes/runtime/errors.ts.
			'@n8n/community-nodes/require-node-api-error': 'off',
		},
	},
	{
		// A shared secret and a file path: there is no server that could be asked whether they are right.
		files: ['credentials/ContractWebhookSecretApi.credentials.ts', 'credentials/AccessLedgerApi.credentials.ts'],
		rules: { '@n8n/community-nodes/credential-test-required': 'off' },
	},
	nodesBase('nodes', ['nodes/**/*.ts'], {
		// Both demand the text 'main', where n8n's newer plugin (above) demands NodeConnectionTypes.Main.
		'n8n-nodes-base/node-class-description-inputs-wrong-regular-node': 'off',
		'n8n-nodes-base/node-class-description-outputs-wrong': 'off',
	}),
	nodesBase('credentials', ['credentials/**/*.ts'], {
		// Meant for n8n's own documentation slugs; community packages give a URL, which the newer plugin checks.
		'n8n-nodes-base/cred-class-field-documentation-url-miscased': 'off',
	}),

	{
		files: ['package.json'],
		...communityRules,
		plugins: { ...communityRules.plugins, 'n8n-nodes-base': n8nNodesBase },
		languageOptions: { parser: tseslint.parser, parserOptions: { extraFileExtensions: ['.json'] } },
		rules: {
			...communityRules.rules,
			...n8nNodesBase.configs.community.rules,
			'@n8n/community-nodes/no-runtime-dependencies': 'off', // reason above
			// The project has no public address yet; an invented one would send people nowhere.
			'@n8n/community-nodes/require-homepage': 'off',
			'@n8n/community-nodes/valid-author': 'off',
			'n8n-nodes-base/community-package-json-author-email-still-default': 'off',
			'n8n-nodes-base/community-package-json-author-name-missing': 'off',
		},
	},

	{
		// Jest's own style: matchers are methods passed around, and a test may call what it knows is there.
		files: ['test/**/*.ts'],
		rules: {
			'@typescript-eslint/unbound-method': 'off',
		},
	},

	{
		files: ['**/*.js', '**/*.cjs', '**/*.mjs'],
		extends: [tseslint.configs.strict],
		rules: {
			'no-console': 'error',
			eqeqeq: ['error', 'always'],
			// Tools and the sandbox run as they are, as CommonJS.
			'@typescript-eslint/no-require-imports': 'off',
		},
	},
);
