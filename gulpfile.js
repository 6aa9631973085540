'use strict';
// Builds what npm publishes: compiled sources plus the files n8n reads beside them (icons, codex, previews, workflows).

const { spawn } = require('node:child_process');
const { existsSync, readdirSync, readFileSync } = require('node:fs');
const { mkdir, rm, writeFile } = require('node:fs/promises');
const path = require('node:path');
const { dest, parallel, series, src } = require('gulp');
const { checkWorkflow } = require('./tools/workflow-check.js');

const DIST = path.join(__dirname, 'dist');
const WORKFLOWS = path.join(__dirname, 'workflows');

/** Copies files that n8n looks for beside the compiled code. Icons are bytes: no text encoding on the way. */
function copyToDist(patterns, base, target) {
	return src(patterns, { base, encoding: false, allowEmpty: true }).pipe(dest(target));
}

async function clean() {
	await rm(DIST, { recursive: true, force: true });
}

function compile() {
	const tsc = require.resolve('typescript/bin/tsc');
	const compiler = spawn(process.execPath, [tsc, '-p', '.'], { cwd: __dirname, stdio: 'inherit' });
	return new Promise((resolve, reject) => {
		compiler.on('error', reject);
		compiler.on('exit', (code) =>
			code === 0 ? resolve() : reject(new Error(`TypeScript found errors (exit code ${code}).`)),
		);
	});
}

const icons = parallel(
	function nodeIcons() {
		return copyToDist('nodes/**/*.{svg,png}', 'nodes', 'dist/nodes');
	},
	function credentialIcons() {
		return copyToDist('credentials/**/*.{svg,png}', 'credentials', 'dist/credentials');
	},
);

function codex() {
	return copyToDist('nodes/**/*.node.json', 'nodes', 'dist/nodes');
}

function previews() {
	return copyToDist('nodes/**/__schema__/**/*.json', 'nodes', 'dist/nodes');
}

/** The policy's JSON Schema for editors, written from the compiled zod schema so that the two can't drift apart. */
async function policySchema() {
	const compiled = path.join(DIST, 'core', 'policy', 'index.js');
	const exported = existsSync(compiled) ? require(compiled).policyJsonSchema : undefined;
	if (exported === undefined) return;
	const schema = typeof exported === 'function' ? exported() : exported;
	await mkdir(path.join(DIST, 'schemas'), { recursive: true });
	await writeFile(path.join(DIST, 'schemas', 'policy.schema.json'), `${JSON.stringify(schema, null, '\t')}\n`);
}

async function checkWorkflows() {
	if (!existsSync(WORKFLOWS)) return;
	const problems = [];
	for (const file of readdirSync(WORKFLOWS).filter((name) => name.endsWith('.json'))) {
		for (const problem of checkWorkflow(readFileSync(path.join(WORKFLOWS, file), 'utf8'))) {
			problems.push(`workflows/${file}: ${problem}`);
		}
	}
	if (problems.length > 0) throw new Error(`Workflows that users could not import:\n  ${problems.join('\n  ')}`);
}

function copyWorkflows() {
	return copyToDist('workflows/*.json', 'workflows', 'dist/workflows');
}

const schemas = series(parallel(previews, policySchema));
const workflows = series(checkWorkflows, copyWorkflows);

exports.clean = clean;
exports.compile = compile;
exports.icons = icons;
exports.codex = codex;
exports.schemas = schemas;
exports.workflows = workflows;
exports.build = series(clean, compile, parallel(icons, codex, schemas, workflows));
exports.default = exports.build;
