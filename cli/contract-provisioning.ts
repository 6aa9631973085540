#!/usr/bin/env node
import process from 'node:process';

const NEEDED_MAJOR = 24;

/** The first file of the command: checks the ground before anything that needs it is loaded. */
async function start(): Promise<void> {
	if (Number(process.versions.node.split('.')[0]) < NEEDED_MAJOR) {
		process.stderr.write(
			`contract-provisioning needs Node ${NEEDED_MAJOR} or newer, this is ${process.versions.node}. Install it, or run: npx -p node@${NEEDED_MAJOR} -p n8n-nodes-contract-provisioning contract-provisioning …\n`,
		);
		process.exitCode = 2;
		return;
	}
	quietExperiments();
	// `… | head` closes the pipe early: that is no fault of ours.
	process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
	const [{ main }, { processTerminal }] = await Promise.all([import('./main.js'), import('./terminal.js')]);
	process.exitCode = await main(process.argv.slice(2), processTerminal());
}

/** Node announces node:sqlite as experimental on every start; other warnings stay. */
function quietExperiments(): void {
	const listeners = process.listeners('warning');
	process.removeAllListeners('warning');
	process.on('warning', (warning) => {
		if (warning.name === 'ExperimentalWarning') return;
		for (const listener of listeners) listener(warning);
	});
}

void start();
