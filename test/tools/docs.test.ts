import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runInNewContext } from 'node:vm';
import type { INodeProperties, INodeType } from 'n8n-workflow';
import { parseContractEvent, verifyGenericHmac } from '../../core/ingress';
import { lintPolicy, policyJsonSchema } from '../../core/policy';
import { Ledger } from '../../core/store';

const ROOT = path.resolve(__dirname, '../..');
const DOCS = path.join(ROOT, 'docs');

function markdownFiles(): string[] {
	const inDocs = readdirSync(DOCS, { recursive: true, encoding: 'utf8' }).map((name) => path.join('docs', name));
	return [...readdirSync(ROOT), ...inDocs].filter((name) => name.endsWith('.md')).sort();
}

const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');

interface Block {
	language: string;
	text: string;
}

/** Fenced blocks of a document, indented ones included; everything else comes back as prose. */
function partsOf(markdown: string): { blocks: Block[]; prose: string } {
	const blocks: Block[] = [];
	const prose: string[] = [];
	let open: { language: string; lines: string[] } | undefined;
	for (const line of markdown.split('\n')) {
		const fence = line.trim().startsWith('```');
		if (fence && open) {
			blocks.push({ language: open.language, text: open.lines.join('\n') });
			open = undefined;
		} else if (fence) open = { language: line.trim().slice(3), lines: [] };
		else (open?.lines ?? prose).push(line);
	}
	return { blocks, prose: prose.join('\n') };
}

const blocksOf = (file: string, language: string) =>
	partsOf(read(file)).blocks.flatMap((block) => (block.language === language ? [block.text] : []));

/** As the usual renderers make anchors of headings. */
function anchorsOf(markdown: string): string[] {
	return partsOf(markdown)
		.prose.split('\n')
		.filter((line) => /^#{1,6} /.test(line))
		.map((line) => line.replace(/^#+ /, '').trim().toLowerCase())
		.map((heading) => heading.replace(/[^\p{L}\p{N} _-]/gu, '').replaceAll(' ', '-'));
}

function brokenLinks(file: string): string[] {
	const { prose } = partsOf(read(file));
	const targets = [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] ?? '');
	return targets
		.filter((target) => !/^[a-z]+:/.test(target))
		.filter((target) => {
			const [place = '', anchor] = target.split('#', 2);
			const found = path.resolve(ROOT, path.dirname(file), place === '' ? path.basename(file) : place);
			if (!existsSync(found)) return true;
			return anchor !== undefined && !anchorsOf(readFileSync(found, 'utf8')).includes(anchor);
		});
}

/** Every name that the policy's schema knows, however deep. */
function schemaKeys(schema: unknown, keys = new Set<string>()): Set<string> {
	if (typeof schema !== 'object' || schema === null) return keys;
	for (const [name, value] of Object.entries(schema)) {
		if (name === 'properties') for (const key of Object.keys(value as object)) keys.add(key);
		schemaKeys(value, keys);
	}
	return keys;
}

interface DocumentedNode {
	page: string;
	description: INodeType['description'];
}

/** The nodes that the package registers, with the page that has to describe each. */
async function nodes(): Promise<DocumentedNode[]> {
	const { n8n } = JSON.parse(read('package.json')) as { n8n: { nodes: string[] } };
	const found = n8n.nodes.map(async (file): Promise<DocumentedNode> => {
		const name = path.basename(file, '.node.js');
		const module = (await import(`../../nodes/${name}/${name}.node`)) as Record<string, new () => INodeType>;
		const NodeClass = module[name];
		if (NodeClass === undefined) throw new Error(`nodes/${name} exports no class ${name}`);
		const kebab = name.replace(/(?<=[a-z])[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
		return { page: `docs/nodes/${kebab}.md`, description: new NodeClass().description };
	});
	return await Promise.all(found);
}

/** What a person sees in a node's panel: parameters, options, and the choices of each. */
function labelsOf(properties: readonly INodeProperties[]): string[] {
	return properties
		.filter(({ type }) => type !== 'notice')
		.flatMap((property) => {
			const choices = (property.options ?? []).flatMap((option) => {
				if ('displayName' in option) return 'values' in option ? [] : labelsOf([option]);
				return property.name === 'scheme' ? [] : [option.name];
			});
			return [property.displayName, ...choices];
		});
}

describe('the documentation', () => {
	it('has no link, image or anchor that leads nowhere', () => {
		const broken = markdownFiles().flatMap((file) => brokenLinks(file).map((target) => `${file} → ${target}`));
		expect(broken).toEqual([]);
	});

	it('shows only JSON that is JSON', () => {
		for (const file of markdownFiles()) {
			for (const text of blocksOf(file, 'json')) expect(() => JSON.parse(text) as unknown).not.toThrow();
		}
	});

	it('has a page for every node, with every operation, output and parameter that a person sees', async () => {
		for (const { page, description } of await nodes()) {
			const text = read(page);
			const operations = description.properties.find(({ name }) => name === 'operation');
			const outputs = JSON.stringify(description.outputs).matchAll(/displayName\\*": \\*"([^"\\]+)/g);
			const labels = [
				...labelsOf(description.properties),
				...(operations?.options ?? []).map((option) => option.name),
				...(description.outputNames ?? []),
				...[...outputs].map((match) => match[1] ?? ''),
			].filter((label) => label !== 'Operation' && label !== 'Options');
			expect(labels.filter((label) => !text.includes(label)).map((label) => `${page} lacks ${label}`)).toEqual([]);
		}
	});

	it('tells every event that parses as one', () => {
		const [example = ''] = blocksOf('docs/events.md', 'json');
		expect(parseContractEvent(JSON.parse(example)).contract.id).toBe('MSA-2026-014');
		const tour = /<<'JSON'\n(?<event>[\s\S]*?)\nJSON\n/.exec(read('README.md'))?.groups?.['event'] ?? '';
		expect(parseContractEvent(JSON.parse(tour)).type).toBe('contract.signed');
	});
});

describe('the documented signature', () => {
	const page = read('docs/events.md');
	const value = (name: string) => new RegExp(`^- ${name}: \`(.*)\`$`, 'm').exec(page)?.[1] ?? '';
	const verify = (headers: Record<string, string>) =>
		verifyGenericHmac({
			secrets: [value('Secret')],
			headers,
			rawBody: Buffer.from(value('Body')),
			now: Number(value('Timestamp')) * 1000,
			toleranceSeconds: 300,
		});

	it('is what the trigger believes', () => {
		const headers = { 'X-Webhook-Timestamp': value('Timestamp'), 'X-Webhook-Signature': value('Signature') };
		expect(verify(headers)).toEqual({ ok: true, timestamp: Number(value('Timestamp')) });
		expect(parseContractEvent(JSON.parse(value('Body'))).type).toBe('contract.ended');
	});

	it('comes out of the documented function', () => {
		const [code = ''] = blocksOf('docs/events.md', 'js');
		const call = `signedHeaders(${['Secret', 'Timestamp', 'Body'].map((name) => JSON.stringify(value(name))).join()})`;
		const headers = runInNewContext(`${code}\n${call}`, { require }) as Record<string, string>;
		expect(headers['X-Webhook-Signature']).toBe(value('Signature'));
		expect(verify(headers).ok).toBe(true);
	});
});

describe('the documented policy', () => {
	it('lints without errors, and without warnings where the page says so', () => {
		const policies = markdownFiles()
			.flatMap((file) => blocksOf(file, 'yaml'))
			.filter((text) => text.startsWith('policy:'));
		expect(policies).not.toEqual([]);
		for (const text of policies) expect(lintPolicy(text).filter(({ severity }) => severity !== 'info')).toEqual([]);
	});

	it('explains every key that the schema knows', () => {
		const page = read('docs/policy.md');
		const missing = [...schemaKeys(policyJsonSchema())].filter((key) => !page.includes(`\`${key}`));
		expect(missing).toEqual([]);
	});
});

describe('the documented check of the log from outside', () => {
	const script = blocksOf('docs/operations.md', 'js')[0] ?? '';
	let folder = '';

	beforeEach(() => {
		folder = mkdtempSync(path.join(tmpdir(), 'docs-'));
		writeFileSync(path.join(folder, 'verify-ledger.js'), script);
	});
	afterEach(() => rmSync(folder, { recursive: true, force: true }));

	it('finds the same records and head as the package', async () => {
		const file = path.join(folder, 'ledger.sqlite');
		const ledger = await Ledger.open({ file, clock: () => Date.parse('2026-11-20T09:00:00Z'), random: randomBytes });
		const record = { actor: { kind: 'system', id: 'test' }, occurredAt: '2026-11-20T09:00:00.000Z' } as const;
		await ledger.append({ ...record, type: 'custom.first', data: { n: 1 } });
		await ledger.append({ ...record, type: 'custom.second', personal: { name: 'Ada' } });
		const { records, head } = await ledger.verifyLog();
		await ledger.close();
		const output = execFileSync(process.execPath, [path.join(folder, 'verify-ledger.js'), file], {
			encoding: 'utf8',
			stdio: ['ignore', 'pipe', 'ignore'],
		});
		expect(output).toBe(`${records} records, head ${head}\n`);
	});
});
