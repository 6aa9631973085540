'use strict';
// Progress for a person who waits: one line when a step starts to take long, one when it is done.

const HEARTBEAT_MS = 5_000;

/** @param {number} ms @returns {string} e.g. `3.2 s` or `2 min 05 s` */
function duration(ms) {
	const total = ms / 1000;
	if (total < 60) return `${total.toFixed(1)} s`;
	return `${Math.floor(total / 60)} min ${String(Math.floor(total % 60)).padStart(2, '0')} s`;
}

/**
 * Runs a step and says what it is, that it still runs (every five seconds), and how long it took.
 *
 * @template T
 * @param {string} label e.g. `Installing n8n`
 * @param {(note: (text: string) => void) => Promise<T>} step may call `note` with what it is doing right now,
 *   and once with what it found before it ends
 * @param {(line: string) => void} [write]
 * @returns {Promise<T>}
 */
async function step(label, step, write = writeLine) {
	const started = performance.now();
	let latest = '';
	const heartbeat = setInterval(() => {
		write(`  ${label} … ${duration(performance.now() - started)}${latest ? `, ${latest}` : ''}`);
	}, HEARTBEAT_MS);
	try {
		const result = await step((text) => {
			latest = text;
		});
		write(`  ${label.padEnd(44)} ${duration(performance.now() - started)}${latest ? `  (${latest})` : ''}`);
		return result;
	} finally {
		clearInterval(heartbeat);
	}
}

/** @param {string} line */
function writeLine(line) {
	process.stdout.write(`${line}\n`);
}

module.exports = { duration, step, writeLine };
