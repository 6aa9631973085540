// Comparison of real contract versions beside named peers, in one run on one machine.
// usage: npm run bench -- diff [PAIR …]
// CONTRACT_CORPUS names the corpus (default ../shared/corpus), BENCH_DIST another build than dist/.
'use strict';
const { execFileSync, spawnSync } = require('node:child_process');
const { existsSync, readdirSync, readFileSync } = require('node:fs');
const path = require('node:path');

const dist = path.resolve(process.env.BENCH_DIST ?? path.join(__dirname, '../dist'));
const { compareVersions } = require(path.join(dist, 'core/contract'));

const corpus = path.resolve(process.env.CONTRACT_CORPUS ?? path.join(__dirname, '../../shared/corpus'), 'pairs');
const TURNS = 5;
/** A run beyond this speaks for itself and is not repeated. */
const REPEAT_BELOW_MS = 2_000;
/** Below this, a peer's time is mostly noise: there our own cost per size counts. */
const TELLING_MS = 40;
const LARGE_PAIR = '047';
const WARM_UP = ['005', '020', '060', 'D01'];
const WARM_UP_MS = 3_000;
const WARM_PAIR_MS = 250;
const effective = { knownAt: '2026-01-01T00:00:00Z', from: '2026-01-01T00:00:00Z', retroactive: false, basis: 'event' };

function readVersion(folder, name) {
	const file = ['md', 'txt']
		.map((ending) => path.join(folder, `${name}.${ending}`))
		.find((candidate) => existsSync(candidate));
	if (!file) throw new Error(`${folder} has no ${name}.md or ${name}.txt.`);
	return { sha256: '', format: file.endsWith('.md') ? 'markdown' : 'text', text: readFileSync(file, 'utf8'), file };
}

function readPair(pair) {
	const folder = path.join(corpus, pair);
	return [readVersion(folder, 'before'), readVersion(folder, 'after')];
}

/** The full change set: clause trees, moves, references, definitions, rows, inline words. */
const ours = (before, after) => compareVersions({ contract: { id: 'bench' }, before, after, effective }).changes.length;

const words = (text) => text.match(/\w+|\s+|[^\w\s]/gu) ?? [];

function installed(command) {
	return spawnSync(command, ['--version'], { stdio: 'ignore' }).error === undefined;
}

/** Words only, all of them; the programs are measured with their start, as they are used. */
function contenders() {
	const { diffWords } = require('diff');
	const DiffMatchPatch = require('diff-match-patch');
	const { diff: myers } = require('fast-myers-diff');
	const program = (command, args) => (before, after) =>
		spawnSync(command, [...args, before.file, after.file], { stdio: 'ignore' });
	return {
		ours,
		jsdiff: (before, after) => diffWords(before.text, after.text).length,
		dmp: (before, after) => {
			const engine = new DiffMatchPatch();
			engine.Diff_Timeout = 0;
			return engine.diff_main(before.text, after.text).length;
		},
		myers: (before, after) => twoLevel(myers, before.text, after.text),
		...(installed('git') ? { git: program('git', ['diff', '--no-index', '--word-diff']) } : {}),
		...(installed('dwdiff') ? { dwdiff: program('dwdiff', []) } : {}),
	};
}

/** Myers over lines, then over the words of what differs. */
function twoLevel(myers, before, after) {
	const [a, b] = [before.split('\n'), after.split('\n')];
	let parts = 0;
	for (const [a0, a1, b0, b1] of myers(a, b)) {
		const [left, right] = [words(a.slice(a0, a1).join('\n')), words(b.slice(b0, b1).join('\n'))];
		parts += [...myers(left, right)].length;
	}
	return parts;
}

/** One run in milliseconds. */
function once(run, before, after) {
	const start = process.hrtime.bigint();
	run(before, after);
	return Number(process.hrtime.bigint() - start) / 1e6;
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)];
const round = (value) => Math.round(value * 100) / 100;

/**
 * Median of five in milliseconds, warm: every contender first runs on this very pair for a while, since what the others
 * did in between has cost it compiled code and cache.
 */
function measure(run, before, after) {
	for (let spent = 0; spent < WARM_PAIR_MS;) {
		const ms = once(run, before, after);
		if (ms > REPEAT_BELOW_MS) return ms;
		spent += ms;
	}
	return median(Array.from({ length: TURNS }, () => once(run, before, after)));
}

/** Lets a contender be compiled before anything is measured, on pairs that are easy for all of them. */
function warmUp(run) {
	const pairs = WARM_UP.filter((pair) => existsSync(path.join(corpus, pair))).map(readPair);
	const start = Date.now();
	while (pairs.length > 0 && Date.now() - start < WARM_UP_MS) for (const pair of pairs) run(...pair);
}

/** Pair 047 (305 KB) cut or repeated to a size; copies speak of other services, so that nothing repeats literally. */
function sized(factor) {
	return readPair(LARGE_PAIR).map((version) => {
		const { text } = version;
		if (factor < 1) return { ...version, text: text.slice(0, text.indexOf('\n\n', text.length * factor)) };
		const copy = (_, n) => (n === 0 ? text : text.replaceAll('Services', `Services${n}`));
		return { ...version, text: Array.from({ length: factor }, copy).join('\n\n') };
	});
}

/** Resident memory of one comparison in a process that does nothing else. */
function peakMb(factor) {
	const output = execFileSync(process.execPath, [__filename, '--memory', String(factor)], { encoding: 'utf8' });
	return Number(output);
}

function memory(factor) {
	ours(...sized(factor));
	process.stdout.write(String(Math.round(process.resourceUsage().maxRSS / 1024)));
}

/** Slope in the double logarithm: 1 is linear, 2 quadratic; n log n lies near 1.1 in this range. */
function exponent(points) {
	const logs = points.map(({ kb, ms }) => [Math.log(kb), Math.log(ms)]);
	const mean = (index) => logs.reduce((sum, pair) => sum + pair[index], 0) / logs.length;
	const [x, y] = [mean(0), mean(1)];
	const over = logs.reduce((sum, [a, b]) => sum + (a - x) * (b - y), 0);
	return over / logs.reduce((sum, [a]) => sum + (a - x) ** 2, 0);
}

function curve() {
	const points = [0.125, 0.25, 0.5, 1, 2, 4, 8].map((factor) => {
		const [before, after] = sized(factor);
		return { kb: Math.round(before.text.length / 1024), ms: measure(ours, before, after) };
	});
	const most = Math.max(...points.map(({ kb, ms }) => ms / kb));
	process.stdout.write('\nours on doubled inputs: KB a version, ms, ms a KB\n');
	for (const { kb, ms } of points) {
		const bar = '#'.repeat(Math.max(1, Math.round((ms / kb / most) * 40)));
		process.stdout.write(
			`${String(kb).padStart(6)} ${ms.toFixed(1).padStart(8)} ${(ms / kb).toFixed(3).padStart(7)} ${bar}\n`,
		);
	}
	return points;
}

function pairNames(wanted) {
	if (!existsSync(corpus))
		throw new Error(`The corpus ${corpus} does not exist. Set CONTRACT_CORPUS to the folder that holds "pairs".`);
	const all = readdirSync(corpus).filter((name) => existsSync(path.join(corpus, name, 'source.txt')));
	return wanted.length > 0 ? all.filter((name) => wanted.includes(name)) : all;
}

function table(names, runs) {
	const columns = Object.keys(runs);
	process.stdout.write(`pair       KB${columns.map((name) => name.padStart(10)).join('')}   (ms, warm median)\n`);
	return names.map((pair) => {
		const [before, after] = readPair(pair);
		const times = Object.fromEntries(columns.map((name) => [name, measure(runs[name], before, after)]));
		const kb = (before.text.length + after.text.length) / 1024;
		const cells = columns.map((name) => times[name].toFixed(1).padStart(10));
		process.stdout.write(`${pair} ${kb.toFixed(0).padStart(8)}${cells.join('')}\n`);
		return { pair, kb, ...times };
	});
}

function peerFigures(rows, name) {
	const ratios = rows.map((row) => row[name] / row.ours);
	const times = rows.map((row) => row[name]);
	return {
		median_ms: round(median(times)),
		max_ms: round(Math.max(...times)),
		median_ratio: round(median(ratios)),
		min_ratio: round(Math.min(...ratios)),
	};
}

function main(wanted) {
	const runs = contenders();
	for (const run of Object.values(runs)) warmUp(run);
	const rows = table(pairNames(wanted), runs);
	const points = curve();
	const at = (factor) => points.find(({ kb }) => kb === Math.round(sized(factor)[0].text.length / 1024))?.ms ?? NaN;
	const ratio = (row) => row.jsdiff / row.ours;
	const least = (chosen) => (chosen.length > 0 ? round(Math.min(...chosen.map(ratio))) : null);
	const small = rows.filter((row) => row.jsdiff < TELLING_MS);
	const figures = {
		median_ratio_jsdiff: round(median(rows.map(ratio))),
		min_ratio_jsdiff: least(rows.filter((row) => row.jsdiff >= TELLING_MS)),
		min_ratio_where_jsdiff_over_1s: least(rows.filter((row) => row.jsdiff > 1_000)),
		max_ms_per_100kb_elsewhere: round(Math.max(0, ...small.map((row) => (row.ours / row.kb) * 100))),
		ms_300kb: round(at(1)),
		ms_1200kb: round(at(4)),
		peak_mb: peakMb(1),
		peak_mb_1200kb: peakMb(4),
		growth_exponent: round(exponent(points)),
	};
	const peers = Object.fromEntries(Object.keys(runs).map((name) => [name, peerFigures(rows, name)]));
	process.stdout.write(`${JSON.stringify({ bench: 'diff', figures, peers })}\n`);
}

const [first, second] = process.argv.slice(2);
if (first === '--memory') memory(Number(second));
else main(process.argv.slice(2));
