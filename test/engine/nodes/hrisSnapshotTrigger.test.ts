import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { IDataObject } from 'n8n-workflow';
import { governedLedger, type GovernedLedger } from './governed-ledger';
import { pollNode } from './poll-node';
import { runNode } from './one-node';

let ledger: GovernedLedger;
beforeEach(async () => {
	ledger = await governedLedger();
});

const csv = (...rows: string[]) => ['Employee Number;Email;First Name;Department;Start Date', ...rows].join('\r\n');
const GRACE = '7;grace@example.com;Grace;Engineering;2026-01-01';
const ALAN = '8;alan@example.com;Alan;Sales;2026-01-01';
const EDSGER = '9;edsger@example.com;Edsger;Sales;2026-01-01';
const KEY = { keyColumn: 'Employee Number' };

const poll = (text: string, more: IDataObject = {}, byHand = false) =>
	pollNode('hrisSnapshotTrigger', { from: 'csvText', csv: text, ...KEY, ...more }, { file: ledger.file, byHand });
const types = (items: readonly IDataObject[]) => items.map(({ type }) => type);

describe('HRIS Snapshot Trigger', () => {
	it('emits nothing the first time unless asked, then what is new, changed and gone, each once', async () => {
		expect(await poll(csv(GRACE, ALAN))).toEqual([]);
		expect(await poll(csv(GRACE, ALAN))).toEqual([]);
		const moved = GRACE.replace('Engineering', 'Finance');
		const changed = await poll(csv(ALAN, moved, EDSGER));
		expect(types(changed).sort()).toEqual(['change', 'hire']);
		expect(changed.every(({ identityId, eventId }) => identityId !== undefined && eventId !== undefined)).toBe(true);
		expect(await poll(csv(ALAN, moved, EDSGER))).toEqual([]);
		const gone = await poll(csv(moved, EDSGER));
		expect(types(gone)).toEqual(['leave']);
		expect(await poll(csv(moved, EDSGER))).toEqual([]);
	});

	it('emits every row the first time where it is asked to', async () => {
		const items = await poll(csv(GRACE, ALAN), { firstPoll: 'emit', policyName: 'acme' });
		expect(types(items)).toEqual(['hire', 'hire']);
		const identityId = items[0]?.['identityId'] as string;
		const [timeline] = await ledger.within((open) =>
			open.timelines([identityId], { policyView: { zone: 'Europe/Berlin' } }),
		);
		expect(timeline?.segments.at(-1)?.attributes).toMatchObject({ department: 'Engineering', firstName: 'Grace' });
		expect(timeline?.employment).toMatchObject([{ from: '2025-12-31T23:00:00.000Z' }]);
	});

	it('tells the same change of a later snapshot again', async () => {
		await poll(csv(GRACE));
		const away = GRACE.replace('Engineering', 'Finance');
		for (const row of [away, GRACE, away, GRACE]) expect(types(await poll(csv(row)))).toEqual(['change']);
	});

	it.each([
		['empty', csv()],
		['without even a header', ''],
		['shrunken', csv(GRACE)],
		['cut within a row', csv(GRACE, ALAN, '9;edsger@exa')],
		['cut within quotes', `${csv(GRACE, ALAN)}\r\n9;"edsger@example.com`],
	])('does not believe a feed that is %s, says so once, and concludes nothing', async (_name, text) => {
		const rows = [GRACE, ALAN, EDSGER, '10;barbara@example.com;Barbara;Sales;2026-01-01'];
		await poll(csv(...rows), { firstPoll: 'emit' });
		const [finding, ...more] = text === '' ? [await poll(text).catch(() => undefined)].flat() : await poll(text);
		if (text === '') return expect(finding).toBeUndefined();
		expect(more).toEqual([]);
		expect(finding).toMatchObject({ type: 'finding', code: 'FEED_SHRANK', level: 'hold' });
		expect(await poll(text)).toEqual([]);
		const open = () => ledger.within((opened) => opened.openFindings());
		expect(await open()).toMatchObject([{ code: 'FEED_SHRANK', level: 'hold', field: 'hris' }]);
		// The next whole feed goes on from the last good snapshot.
		expect(await poll(csv(...rows))).toEqual([]);
		expect(await open()).toEqual([]);
	});

	it('believes a small feed once somebody has said that it is right', async () => {
		await poll(csv(GRACE, ALAN, EDSGER), { firstPoll: 'emit' });
		const [finding] = await poll(csv(GRACE));
		const word = {
			operation: 'resolve',
			what: 'feed',
			decision: 'resume',
			reason: 'Layoff',
			resolvedBy: 'hr@example.com',
		};
		const id = finding?.['haltId'] as string;
		const resolved = await runNode('accessLedger', { ...word, resolveId: id }, [{}], { file: ledger.file });
		expect(resolved.error).toBeUndefined();
		expect(await ledger.within((open) => open.openFindings())).toEqual([]);
		expect(types(await poll(csv(GRACE)))).toEqual(['leave', 'leave']);
	});

	it('tells of rows that cannot be used, and takes them over once they can', async () => {
		await poll(csv(GRACE), { firstPoll: 'emit' });
		const wrong = ALAN.replace('2026-01-01', '01.02.2026');
		const items = await poll(csv(GRACE, wrong, ';nobody@example.com;X;Y;2026-01-01', EDSGER, `${EDSGER}X`));
		expect(items.map(({ code }) => code).sort()).toEqual(['KEY_MISSING', 'KEY_TWICE', 'ROW_UNREADABLE']);
		expect(await poll(csv(GRACE, wrong, ';nobody@example.com;X;Y;2026-01-01', EDSGER, `${EDSGER}X`))).toEqual([]);
		expect(types(await poll(csv(GRACE, ALAN)))).toEqual(['hire']);
	});

	it('shows rows in the editor and takes nothing over', async () => {
		const shown = await poll(csv(GRACE), {}, true);
		expect(shown).toMatchObject([{ preview: true, key: '7', type: 'hire', person: { email: 'grace@example.com' } }]);
		expect(await ledger.within((open) => open.readFeed('hris'))).toBeUndefined();
	});

	it.each([
		['a policy that is not there', { policyName: 'other' }, /"Policy Name"/],
		['a feed name with spaces', { feed: 'my feed' }, /"Feed Name"/],
		['columns that are no names', { options: { columns: '[1]' } }, /"Columns"/],
		['no key column', { keyColumn: '' }, /"Key Column" is empty/],
	])('refuses %s', async (_name, more, message) => {
		await expect(poll(csv(GRACE), more)).rejects.toThrow(message);
	});
});

describe('HRIS Snapshot Trigger over REST', () => {
	const people = Array.from({ length: 5 }, (_, n) => ({ id: n + 1, email: `p${n}@example.com`, department: 'Sales' }));

	async function serve(handler: (request: IncomingMessage, response: ServerResponse, base: string) => void) {
		const server = createServer((request, response) => {
			handler(request, response, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
		}).listen(0, '127.0.0.1');
		await new Promise((resolve) => server.once('listening', resolve));
		return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/people`, stop: () => server.close() };
	}
	const json = (response: ServerResponse, body: unknown, headers = {}) => {
		response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
	};
	const rest = (url: string, more: IDataObject = {}, credentials = {}) =>
		pollNode(
			'hrisSnapshotTrigger',
			{ from: 'rest', url, keyColumn: 'id', firstPoll: 'emit', ...more },
			{ file: ledger.file, credentials },
		);

	it('follows page numbers until a page is empty', async () => {
		const server = await serve((request, response) => {
			const page = Number(new URL(request.url ?? '', 'http://x').searchParams.get('page'));
			json(response, { data: { list: people.slice((page - 1) * 2, page * 2) } });
		});
		const items = await rest(server.url, { rowsPath: 'data.list', pagination: 'pageNumber' });
		server.stop();
		expect(types(items)).toEqual(people.map(() => 'hire'));
	});

	it('follows next links in the answer and in the Link header', async () => {
		const server = await serve((request, response, base) => {
			const at = Number(new URL(request.url ?? '', base).searchParams.get('at') ?? 0);
			const next = `${base}/people?at=${at + 2}`;
			if (at === 0) json(response, { rows: people.slice(0, 2), next });
			else json(response, { rows: people.slice(at, at + 2) }, at === 2 ? { link: `<${next}>; rel="next"` } : {});
		});
		const items = await rest(server.url, { rowsPath: 'rows', pagination: 'nextLink' });
		server.stop();
		expect(items).toHaveLength(5);
	});

	it('never takes its credential to another server', async () => {
		const server = await serve((_request, response) => {
			json(response, { rows: people, next: 'http://evil.example.com/people' });
		});
		await expect(rest(server.url, { rowsPath: 'rows', pagination: 'nextLink' })).rejects.toThrow(/another server/);
		server.stop();
	});

	it('counts a feed as cut when rows are missing, and as down when a page fails', async () => {
		let failing = false;
		const server = await serve((_request, response) => {
			if (failing) response.writeHead(500).end('{}');
			else json(response, { rows: people, meta: { total: 9 } });
		});
		const items = await rest(server.url, { rowsPath: 'rows', options: { totalPath: 'meta.total' } });
		expect(items).toMatchObject([{ code: 'FEED_SHRANK' }]);
		failing = true;
		await expect(rest(server.url, { rowsPath: 'rows' })).rejects.toThrow(/answered 500/);
		server.stop();
	});

	it('says where no list is', async () => {
		const server = await serve((_request, response) => json(response, { rows: 'none' }));
		await expect(rest(server.url, { rowsPath: 'rows' })).rejects.toThrow(/no list at "rows"/);
		server.stop();
	});
});
