import { createHash } from 'node:crypto';
import path from 'node:path';
import { readReplayLines, Replay, type ReplayResult } from '../../core/governance';
import { DomainError } from '../../core/model';
import { parsePolicy } from '../../core/policy';
import type { Random } from '../../core/ports';
import { Ledger } from '../../core/store';
import { EXIT, instant, text, type Call, type Command } from '../command';
import { readContract } from '../document';
import { readText } from '../input-file';
import { showReplay } from '../show-replay';

export const replay: Command = {
	name: 'replay',
	arguments: ['POLICY', 'EVENTS'],
	summary: 'Feed simulated events in order of arrival through the real code, on a ledger that is thrown away.',
	details: [
		'EVENTS is a file of JSON lines: HR events as the HRIS Trigger takes them, contract events as the Contract Trigger takes them, and what people do ({"type":"approval.approve"}, {"type":"access.request"}, {"type":"clock"}, …). "receivedAt" says when a line arrives. docs/cli.md has the whole form.',
		'Applications are simulated: what is due and approved is carried out at once. Nothing is sent anywhere.',
		'Exit code 1 where a line could not be read or was refused, a finding holds something back, or a guard stopped a run.',
	],
	options: {
		json: { type: 'boolean', help: 'All events, plans, schedules and records as JSON' },
		contracts: {
			type: 'string',
			value: 'DIR',
			help: 'Folder of the contract texts that events name (default: that of EVENTS)',
		},
		'as-of': { type: 'string', value: 'T', help: 'Let time go on until then after the last event' },
		'plan-only': { type: 'boolean', help: 'Carry nothing out: everything stays planned' },
	},
	run: async (call) => {
		const result = await replayed(call);
		const { options, terminal } = call;
		if (options['json'] === true) terminal.out(`${JSON.stringify(result, null, 2)}\n`);
		else terminal.out(showReplay(result, terminal));
		return hasTrouble(result) ? EXIT.findings : EXIT.ok;
	},
};

async function replayed({ positionals, options, terminal }: Call): Promise<ReplayResult> {
	const [policyFile = '', eventsFile = ''] = positionals;
	const source = await readText(terminal, 'POLICY', policyFile);
	const { policy } = parsePolicy(source);
	const folder = path.resolve(terminal.folder, text(options, 'contracts') ?? path.dirname(eventsFile));
	const asOf = instant(options, 'as-of');
	const lines = await readReplayLines(await readText(terminal, 'EVENTS', eventsFile), {
		zone: policy.zone,
		document: async (file) => {
			const { document } = await readContract({ ...terminal, folder }, 'contract text', within(folder, file));
			return { format: document.format, text: document.text };
		},
	});
	const random = deterministic(source);
	let now = lines[0]?.at ?? asOf ?? terminal.now();
	const ledger = await Ledger.open({ file: ':memory:', clock: () => Date.parse(now), random });
	try {
		return await new Replay({
			ledger,
			setClock: (at) => (now = at),
			random,
			policy: source,
			readPolicy: (file) =>
				readText({ ...terminal, folder: path.resolve(terminal.folder, path.dirname(policyFile)) }, 'policy', file),
			planOnly: options['plan-only'] === true,
			...(asOf !== undefined && { asOf }),
		}).run(lines);
	} finally {
		await ledger.close();
	}
}

/** Events may come from anywhere: the files that they name lie in the folder that the caller named. */
function within(folder: string, file: string): string {
	const full = path.resolve(folder, file);
	if (full.startsWith(`${folder}${path.sep}`)) return full;
	throw new DomainError(
		'INPUT_INVALID',
		`The contract text "${file}" lies outside of ${folder}.`,
		'Name a file in that folder.',
	);
}

/** The ledger of a replay is thrown away, so nothing in it is secret; the same input must give the same bytes. */
function deterministic(seed: string): Random {
	let count = 0;
	return (bytes) => {
		const blocks: Buffer[] = [];
		for (let length = 0; length < bytes; length += 32) {
			blocks.push(createHash('sha256').update(`${seed}\n${count++}`).digest());
		}
		return Buffer.concat(blocks).subarray(0, bytes);
	};
}

function hasTrouble({ events }: ReplayResult): boolean {
	return events.some(
		({ status, findings = [], plan }) =>
			status === 'refused' ||
			status === 'conflict' ||
			findings.some(({ level }) => level === 'hold') ||
			(plan?.guards.tripped.length ?? 0) > 0,
	);
}
