// Word-level comparison of real contract versions, beside named peers, in one run on one machine.
// usage: node bench/diff.js   (after a build; CONTRACT_CORPUS names the corpus, default ../shared/corpus)
'use strict';
const { existsSync, readdirSync, readFileSync } = require('node:fs');
const path = require('node:path');
const { diffWords } = require('diff');
const DiffMatchPatch = require('diff-match-patch');
const { diff: myers } = require('fast-myers-diff');
const { compareVersions } = require('../dist/core/contract');

const corpus = path.resolve(process.env.CONTRACT_CORPUS ?? path.join(__dirname, '../../shared/corpus'), 'pairs');
const REPEAT_BELOW_MS = 2_000;
const effective = { knownAt: '2026-01-01T00:00:00Z', from: '2026-01-01T00:00:00Z', retroactive: false, basis: 'event' };

function readVersion(folder, name) {
	const file = ['md', 'txt']
		.map((ending) => path.join(folder, `${name}.${ending}`))
		.find((candidate) => existsSync(candidate));
	if (!file) throw new Error(`${folder} has no ${name}.md or ${name}.txt.`);
	return { sha256: '', format: file.endsWith('.md') ? 'markdown' : 'text', text: readFileSync(file, 'utf8') };
}

const words = (text) => text.match(/\w+|\s+|[^\w\s]/gu) ?? [];

const contenders = {
	ours: (before, after) => compareVersions({ contract: { id: 'bench' }, before, after, effective }).changes.length,
	jsdiff: (before, after) => diffWords(before.text, after.text).length,
	dmp: (before, after) => {
		const engine = new DiffMatchPatch();
		engine.Diff_Timeout = 0;
		return engine.diff_main(before.text, after.text).length;
	},
	fast_myers: (before, after) => [...myers(words(before.text), words(after.text))].length,
};

/** Warm median of three runs; a run beyond two seconds speaks for itself. */
function measure(run, before, after) {
	const times = [];
	for (let turn = 0; turn < 4; turn++) {
		const start = process.hrtime.bigint();
		run(before, after);
		const ms = Number(process.hrtime.bigint() - start) / 1e6;
		if (ms > REPEAT_BELOW_MS) return ms;
		if (turn > 0) times.push(ms);
	}
	return times.sort((a, b) => a - b)[1];
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const round = (value) => Math.round(value * 100) / 100;

/** Pair 047 (305 KB), once and four times over with different headings, so that nothing repeats literally. */
function sized(copies) {
	const [before, after] = ['before', 'after'].map((name) => readVersion(path.join(corpus, '047'), name));
	const many = (version) => ({
		...version,
		text: Array.from({ length: copies }, (_, n) =>
			version.text.replaceAll('Services', n === 0 ? 'Services' : `Services${n}`),
		).join('\n\n'),
	});
	return [many(before), many(after)];
}

function main() {
	if (!existsSync(corpus))
		throw new Error(`The corpus ${corpus} does not exist. Set CONTRACT_CORPUS to the folder that holds "pairs".`);
	const rows = [];
	for (const pair of readdirSync(corpus).filter((name) => existsSync(path.join(corpus, name, 'source.txt')))) {
		const folder = path.join(corpus, pair);
		const [before, after] = [readVersion(folder, 'before'), readVersion(folder, 'after')];
		const row = { pair, kb: Math.round((before.text.length + after.text.length) / 2048) };
		for (const [name, run] of Object.entries(contenders)) row[name] = measure(run, before, after);
		rows.push(row);
		const cells = Object.keys(contenders).map((name) => row[name].toFixed(1).padStart(10));
		process.stdout.write(`${pair} ${String(row.kb).padStart(4)} KB ${cells.join('')}\n`);
	}
	const ratios = (peer) => rows.map((row) => row[peer] / row.ours);
	const ms300 = measure(contenders.ours, ...sized(1));
	const ms1200 = measure(contenders.ours, ...sized(4));
	const figures = {
		median_ratio_jsdiff: round(median(ratios('jsdiff'))),
		min_ratio_jsdiff: round(Math.min(...ratios('jsdiff'))),
		ms_300kb: round(ms300),
		ms_1200kb: round(ms1200),
		peak_mb: Math.round(process.resourceUsage().maxRSS / 1024),
	};
	const peers = Object.fromEntries(
		Object.keys(contenders).map((name) => [
			name,
			{
				median_ms: round(median(rows.map((row) => row[name]))),
				max_ms: round(Math.max(...rows.map((row) => row[name]))),
				median_ratio: round(median(ratios(name))),
				min_ratio: round(Math.min(...ratios(name))),
			},
		]),
	);
	process.stdout.write(
		`${['     pair    KB', ...Object.keys(contenders).map((name) => name.padStart(10))].join('')} (ms)\n`,
	);
	process.stdout.write(`${JSON.stringify({ bench: 'diff', figures, peers })}\n`);
}

main();
