#!/usr/bin/env node
'use strict';
// `npm run test:e2e`: the packed package in a real n8n, over HTTP and in Chromium; the SCIM client against saml-jackson.
// WITHOUT_SAML_JACKSON=1 leaves the latter out.

const { build } = require('./command.js');
const { runJest } = require('./jest.js');
const { ensureN8n } = require('../sandbox/src/n8n-install.js');
const { ensureJackson } = require('../test/support/saml-jackson-install.js');

const JACKSON_SUITE = 'test/e2e/saml-jackson.test.ts';

async function main() {
	const withoutJackson = (process.env.WITHOUT_SAML_JACKSON ?? '') !== '';
	await build();
	await ensureN8n();
	const options = ['--runInBand', ...process.argv.slice(2)];
	if (withoutJackson) {
		process.stdout.write(`${JACKSON_SUITE} is left out: WITHOUT_SAML_JACKSON is set\n`);
		options.push(`--testPathIgnorePatterns=${JACKSON_SUITE}`);
	} else await ensureJackson();
	process.exitCode = await runJest(['e2e'], options);
}

main().catch((error) => {
	process.stderr.write(`${error.message}\n`);
	process.exitCode = 1;
});
