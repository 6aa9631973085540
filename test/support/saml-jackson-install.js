'use strict';
// Brings @boxyhq/saml-jackson into test/servers/saml-jackson/node_modules when it is missing: 260 MB, once, without
// scripts of packages. It is no part of `npm ci`.

const { existsSync, readFileSync } = require('node:fs');
const path = require('node:path');
const { npmEnvironment, run } = require('../../sandbox/src/processes.js');
const { step } = require('../../sandbox/src/progress.js');

const FOLDER = path.resolve(__dirname, '../servers/saml-jackson');
const PACKAGE = 'node_modules/@boxyhq/saml-jackson';

/** @param {string} file @returns {Record<string, { version?: string }>} what a lockfile holds */
const packagesOf = (file) => JSON.parse(readFileSync(path.join(FOLDER, file), 'utf8')).packages;

/** npm writes its own lockfile into node_modules last: an installation that was interrupted has none. */
function isInstalled() {
	const own = 'node_modules/.package-lock.json';
	if (!existsSync(path.join(FOLDER, own))) return false;
	const [wanted, found] = [packagesOf('package-lock.json'), packagesOf(own)];
	return PACKAGE in found && Object.keys(found).every((name) => found[name].version === wanted[name]?.version);
}

/**
 * Makes sure that saml-jackson is there; shows progress on standard output when it has to install it.
 *
 * @throws {Error} where the registry can't be reached, with the way to leave the suite out
 */
async function ensureJackson() {
	if (isInstalled()) return;
	const { version } = packagesOf('package-lock.json')[PACKAGE];
	const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund'];
	try {
		await step(`Installing saml-jackson ${version} (260 MB, once)`, () =>
			run('npm', args, { cwd: FOLDER, env: npmEnvironment() }),
		);
	} catch (error) {
		throw new Error(
			`saml-jackson could not be installed, so test/e2e/saml-jackson.test.ts can't run.\n${error.message}\n` +
				'Check that the npm registry can be reached, or leave that suite out: WITHOUT_SAML_JACKSON=1 npm run test:e2e',
		);
	}
}

module.exports = { ensureJackson };
