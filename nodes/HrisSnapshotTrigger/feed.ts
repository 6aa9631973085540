import type { IPollFunctions } from 'n8n-workflow';
import { DomainError } from '../../core/model';
import { readCsv } from './csv-feed';
import { fetchPage, readRest, type Page, type RestSettings } from './rest-feed';

export interface FeedOptions {
	columns?: unknown;
	minFeedPercent?: number;
	leaseSeconds?: number;
	maxPages?: number;
	source?: string;
	totalPath?: string;
	vanished?: 'leave' | 'ignore';
}

export interface FeedSettings {
	feed: string;
	keyColumn: string;
	policyName: string;
	emitFirst: boolean;
	columns: Record<string, string>;
	options: FeedOptions;
}

export function feedSettings(node: IPollFunctions): FeedSettings {
	const options = node.getNodeParameter('options', {}) as FeedOptions;
	const feed = textOf(node, 'feed', 'Feed Name');
	if (!/^[\w.-]{1,100}$/.test(feed)) {
		throw new DomainError(
			'INPUT_INVALID',
			'Parameter "Feed Name" may hold letters, digits, "_", "-" and "." only.',
			'Use a name such as hris.',
		);
	}
	return {
		feed,
		keyColumn: textOf(node, 'keyColumn', 'Key Column'),
		policyName: optionalText(node, 'policyName'),
		emitFirst: node.getNodeParameter('firstPoll', 'remember') === 'emit',
		columns: columnsOf(options.columns),
		options,
	};
}

/** The whole feed as it is now. */
export async function readFeedRows(node: IPollFunctions, options: FeedOptions): Promise<Page> {
	const from = node.getNodeParameter('from');
	if (from === 'csvText') return await readCsv(textOf(node, 'csv', 'CSV'));
	const authentication = optionalText(node, 'authentication') || 'none';
	const url = textOf(node, 'url', 'URL');
	if (from === 'csvUrl') {
		if (!URL.canParse(url)) {
			throw new DomainError('INPUT_INVALID', 'Parameter "URL" is no address.', 'Enter an absolute address.');
		}
		const { body } = await fetchPage(node, authentication, url, false);
		return await readCsv(typeof body === 'string' ? body : '');
	}
	return await readRest(node, {
		url,
		authentication,
		rowsPath: optionalText(node, 'rowsPath'),
		pagination: (optionalText(node, 'pagination') || 'none') as RestSettings['pagination'],
		nextPath: optionalText(node, 'nextPath') || 'next',
		pageParameter: optionalText(node, 'pageParameter') || 'page',
		firstPage: Number(node.getNodeParameter('firstPage', 1)),
		maxPages: options.maxPages ?? 500,
		totalPath: options.totalPath?.trim() ?? '',
	});
}

function textOf(node: IPollFunctions, name: string, label: string): string {
	const text = optionalText(node, name);
	if (text !== '') return text;
	throw new DomainError('INPUT_INVALID', `Parameter "${label}" is empty.`, `Enter a value for "${label}".`);
}

function optionalText(node: IPollFunctions, name: string): string {
	const value: unknown = node.getNodeParameter(name, '');
	return typeof value === 'string' ? value.trim() : '';
}

function columnsOf(value: unknown): Record<string, string> {
	if (value === undefined || value === '') return {};
	let parsed: unknown = value;
	try {
		if (typeof value === 'string') parsed = JSON.parse(value);
	} catch {
		parsed = undefined;
	}
	const isMap = typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed);
	if (isMap && Object.values(parsed as object).every((name) => typeof name === 'string')) {
		return parsed as Record<string, string>;
	}
	throw new DomainError(
		'INPUT_INVALID',
		'Parameter "Columns" is no JSON object of names.',
		'Enter e.g. {"Abteilung": "department"}.',
	);
}
