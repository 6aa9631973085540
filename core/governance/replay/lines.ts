import { parseContractEvent, parseLifecycleEvent, type ContractEventInput, type EventDocument } from '../../ingress';
import { DomainError, isDomainError, type LifecycleEvent, type Vote } from '../../model';
import { endOfDay } from '../../policy';

/** Who a line is about. */
export interface PersonRef {
	email?: string;
	hrId?: string;
}

/** One line of a file of simulated events, read and checked. */
export type ReplayLine = { line: number; at: string } & (
	| { kind: 'lifecycle'; event: LifecycleEvent }
	| { kind: 'contract'; event: ContractEventInput }
	/** Only lets time pass. */
	| { kind: 'clock' }
	/** Another policy is in force from here on; the text of the file named. */
	| { kind: 'policy'; file: string }
	| { kind: 'request'; person: PersonRef; entitlements: string[]; by: string; reason: string; until?: string }
	| { kind: 'break_glass'; person: PersonRef; entitlement: string; by: string; reason: string }
	/** Everybody who is asked votes; `person` and `rule` narrow it. */
	| { kind: 'vote'; vote: Vote; person?: PersonRef; rule?: string }
	| { kind: 'unreadable'; problem: string; remedy: string }
);

export interface ReplayReading {
	/** Zone of dates without one: the policy's. */
	zone: string;
	/** Gives a contract text that a line names as a file. */
	document: (file: string) => Promise<EventDocument>;
}

const MAX_LINE_CHARACTERS = 5_000_000;

type Raw = Record<string, unknown>;

/**
 * Reads simulated events, one JSON object a line, in order of arrival. `receivedAt` says when a line arrives; without it the
 * sender's own time of recording counts. Arrivals never go back in time.
 */
export async function readReplayLines(text: string, reading: ReplayReading): Promise<ReplayLine[]> {
	const lines: ReplayLine[] = [];
	let clock = '';
	for (const [index, raw] of text.split(/\r?\n/).entries()) {
		if (raw.trim() === '' || raw.trimStart().startsWith('//')) continue;
		const line = await readLine(raw, index + 1, clock, reading);
		clock = line.at;
		lines.push(line);
	}
	if (lines.length === 0) {
		throw new DomainError(
			'INPUT_INVALID',
			'EVENTS holds no event.',
			'Write one JSON object a line, in order of arrival.',
		);
	}
	return lines.map((line) => withTime(line, lines));
}

/** What cannot be read and has no time of its own arrives with the first line that has one; nothing behind it is lost. */
function withTime(line: ReplayLine, lines: readonly ReplayLine[]): ReplayLine {
	if (line.at !== '') return line;
	const timed = lines.find(({ at }) => at !== '');
	if (timed !== undefined) return { ...line, at: timed.at };
	const { problem, remedy } = line.kind === 'unreadable' ? line : { problem: 'No line has a time.', remedy: '' };
	throw new DomainError('INPUT_INVALID', problem, remedy);
}

async function readLine(raw: string, line: number, clock: string, reading: ReplayReading): Promise<ReplayLine> {
	let at = clock;
	try {
		const { receivedAt, ...body } = parseObject(raw, line);
		at = arrival(receivedAt, body, clock, line);
		return { line, at, ...(await contentOf(body, at, line, reading)) };
	} catch (error) {
		if (!isDomainError(error)) throw error;
		return { line, at, kind: 'unreadable', problem: error.message, remedy: error.remedy };
	}
}

function parseObject(raw: string, line: number): Raw {
	if (raw.length > MAX_LINE_CHARACTERS) {
		throw invalid(line, `is longer than ${MAX_LINE_CHARACTERS} characters`, 'Name contract texts as files.');
	}
	let value: unknown;
	try {
		value = JSON.parse(raw);
	} catch {
		throw invalid(line, 'is no JSON', 'Write one JSON object a line.');
	}
	if (typeof value !== 'object' || value === null || Array.isArray(value)) {
		throw invalid(line, 'is no JSON object', 'Write one JSON object a line.');
	}
	return value as Raw;
}

function arrival(receivedAt: unknown, body: Raw, clock: string, line: number): string {
	const given = [receivedAt, body['at'], body['createdAt'], body['occurredAt']].find(
		(each) => typeof each === 'string',
	);
	const time = typeof given === 'string' ? Date.parse(given) : Number.NaN;
	if (given !== undefined && Number.isNaN(time)) {
		throw invalid(line, 'has a time of arrival that is no instant', 'Write receivedAt as 2026-12-01T09:00:00Z.');
	}
	if (Number.isNaN(time)) {
		// One after the other: what is recorded first holds first.
		if (clock !== '') return new Date(Date.parse(clock) + 1).toISOString();
		throw invalid(line, 'does not say when it arrives', 'Give the first line a receivedAt.');
	}
	const at = new Date(time).toISOString();
	return at < clock ? clock : at;
}

type Content = {
	[Kind in ReplayLine['kind']]: Omit<Extract<ReplayLine, { kind: Kind }>, 'line' | 'at'>;
}[ReplayLine['kind']];

async function contentOf(body: Raw, at: string, line: number, reading: ReplayReading): Promise<Content> {
	const type = body['type'];
	switch (type) {
		case 'clock':
			return { kind: 'clock' };
		case 'policy':
			return { kind: 'policy', file: textOf(body, 'file', line) };
		case 'access.request':
			return {
				kind: 'request',
				person: personOf(body, line),
				entitlements: entitlementsOf(body, line),
				by: textOf(body, 'by', line, 'the person'),
				reason: textOf(body, 'reason', line, 'asked for'),
				...(body['until'] !== undefined && { until: untilOf(body['until'], line, reading.zone) }),
			};
		case 'access.breakGlass':
			return {
				kind: 'break_glass',
				person: personOf(body, line),
				entitlement: entitlementsOf(body, line)[0] ?? '',
				by: textOf(body, 'by', line, 'the person'),
				reason: textOf(body, 'reason', line, 'emergency'),
			};
		case 'approval.approve':
		case 'approval.deny':
			return {
				kind: 'vote',
				vote: type === 'approval.approve' ? 'approve' : 'deny',
				...(body['person'] !== undefined && { person: personOf(body, line) }),
				...(typeof body['rule'] === 'string' && { rule: body['rule'] }),
			};
		default:
			return typeof type === 'string' && type.startsWith('contract.') && body['contract'] !== undefined
				? { kind: 'contract', event: await contractEvent(body, at, reading) }
				: { kind: 'lifecycle', event: parseLifecycleEvent(body, { zone: reading.zone, receivedAt: at }) };
	}
}

async function contractEvent(body: Raw, at: string, reading: ReplayReading): Promise<ContractEventInput> {
	const resolved: Raw = { occurredAt: at, ...body };
	for (const name of ['before', 'after']) {
		const file = fileOf(body[name]);
		if (file !== undefined) resolved[name] = await reading.document(file);
	}
	return parseContractEvent(resolved);
}

function fileOf(value: unknown): string | undefined {
	if (typeof value === 'string') return value;
	const file = typeof value === 'object' && value !== null ? (value as Raw)['file'] : undefined;
	return typeof file === 'string' ? file : undefined;
}

function personOf(body: Raw, line: number): PersonRef {
	const value = body['person'];
	if (typeof value === 'string') return { email: value.toLowerCase() };
	const { email, hrId } = (typeof value === 'object' && value !== null ? value : {}) as Raw;
	if (typeof email === 'string') return { email: email.toLowerCase() };
	if (typeof hrId === 'string') return { hrId };
	throw invalid(line, 'does not say whom it is about', 'Give person: { "email": "…" } or { "hrId": "…" }.');
}

function entitlementsOf(body: Raw, line: number): string[] {
	const value = body['entitlement'] ?? body['entitlements'];
	const list = (Array.isArray(value) ? value : [value]).filter((each): each is string => typeof each === 'string');
	if (list.length > 0) return list;
	throw invalid(line, 'names no entitlement', 'Give entitlement: "APPLICATION/NAME".');
}

/** A day ends with itself, in the policy's zone. */
function untilOf(value: unknown, line: number, zone: string): string {
	if (typeof value === 'string') {
		if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return endOfDay(value, zone);
		const time = /(?:Z|[+-]\d{2}:\d{2})$/.test(value) ? Date.parse(value) : Number.NaN;
		if (!Number.isNaN(time)) return new Date(time).toISOString();
	}
	throw invalid(
		line,
		'has an "until" that is neither a day nor an instant',
		'Write 2026-12-31 or 2026-12-31T18:00:00Z.',
	);
}

function textOf(body: Raw, name: string, line: number, fallback?: string): string {
	const value = body[name];
	if (typeof value === 'string' && value !== '') return value;
	if (fallback !== undefined) return fallback;
	throw invalid(line, `needs "${name}"`, `Give ${name} as a text.`);
}

function invalid(line: number, problem: string, remedy: string): DomainError {
	return new DomainError('INPUT_INVALID', `Line ${line} ${problem}.`, remedy, { line });
}
