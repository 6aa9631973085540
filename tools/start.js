#!/usr/bin/env node
'use strict';
// `npm start`: the main job (sandbox/src/main-job.js) from the command line.

const { runMainJob } = require('../sandbox/src/main-job.js');

const USAGE = `usage: npm start [-- --once]

Amends a contract in a real n8n and shows what became of it.
  --once   end after the job; the last line of the output is its result as JSON
`;

async function main() {
	const args = process.argv.slice(2);
	const unknown = args.filter((arg) => arg !== '--once' && arg !== '--help');
	if (args.includes('--help') || unknown.length > 0) {
		process.stdout.write(USAGE);
		process.exitCode = unknown.length > 0 ? 2 : 0;
		return;
	}
	process.exitCode = await runMainJob({ once: args.includes('--once') });
}

main().catch((error) => {
	process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
	process.exitCode = 1;
});
