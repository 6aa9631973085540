'use strict';
// Starts Jest with the projects a command stands for.

const { runScript } = require('./command.js');

// node:sqlite and require(esm) announce themselves as experimental on each start; that noise hides real warnings.
const QUIET = '--disable-warning=ExperimentalWarning';

/**
 * Runs Jest and resolves with its exit code.
 *
 * @param {string[]} projects names from jest.config.js
 * @param {string[]} args passed on to Jest
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<number>}
 */
function runJest(projects, args, env = {}) {
	const options = [process.env.NODE_OPTIONS, QUIET].filter(Boolean).join(' ');
	const selection = ['--selectProjects', ...projects];
	// Last, because Jest takes every word after --selectProjects for one more project.
	return runScript('node_modules/jest/bin/jest.js', [...args, ...selection], {
		env: { NODE_OPTIONS: options, ...env },
	});
}

module.exports = { runJest };
