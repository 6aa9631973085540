import type { IHttpRequestOptions, IPollFunctions } from 'n8n-workflow';
import { DomainError } from '../../core/model';

export interface RestSettings {
	url: string;
	authentication: string;
	rowsPath: string;
	pagination: 'none' | 'nextLink' | 'pageNumber';
	nextPath: string;
	pageParameter: string;
	firstPage: number;
	maxPages: number;
	totalPath: string;
}

export interface Page {
	rows: unknown[];
	/** True where the sender says, or it shows, that rows are missing. */
	truncated: boolean;
}

interface Answer {
	body: unknown;
	headers: Record<string, unknown>;
}

const TIMEOUT_MS = 60_000;

/** Reads a whole JSON feed, page by page. A page that fails fails the poll: half a feed is none. */
export async function readRest(node: IPollFunctions, settings: RestSettings): Promise<Page> {
	const rows: unknown[] = [];
	const seen = new Set<string>();
	let total: number | undefined;
	let url: string | undefined = firstUrl(settings);
	let page = settings.firstPage;
	let pages = 0;
	while (url !== undefined) {
		if (pages >= settings.maxPages) return { rows, truncated: true };
		// A server whose last page links to itself would never end.
		if (seen.has(url)) return { rows, truncated: true };
		seen.add(url);
		const { body, headers } = await fetchPage(node, settings.authentication, url);
		const found = rowsAt(body, settings.rowsPath);
		pages += 1;
		rows.push(...found);
		total ??= numberAt(body, settings.totalPath);
		page += 1;
		url = nextUrl(settings, { url, body, headers, page, count: found.length });
	}
	return { rows, truncated: total !== undefined && rows.length < total };
}

function firstUrl({ url, pagination, pageParameter, firstPage }: RestSettings): string {
	if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
		throw new DomainError(
			'INPUT_INVALID',
			'Parameter "URL" is no absolute http or https address.',
			'Enter e.g. https://hr.example.com/api/employees.',
		);
	}
	return pagination === 'pageNumber' ? withPage(url, pageParameter, firstPage) : url;
}

function withPage(url: string, parameter: string, page: number): string {
	const next = new URL(url);
	next.searchParams.set(parameter, String(page));
	return next.href;
}

function nextUrl(
	settings: RestSettings,
	{ url, body, headers, page, count }: Answer & { url: string; page: number; count: number },
): string | undefined {
	if (settings.pagination === 'none') return undefined;
	if (settings.pagination === 'pageNumber')
		return count === 0 ? undefined : withPage(url, settings.pageParameter, page);
	const stated = valueAt(body, settings.nextPath);
	const link = typeof stated === 'string' && stated !== '' ? stated : linkHeader(headers['link']);
	if (link === undefined) return undefined;
	const next = new URL(link, url);
	// The credential belongs to this server; a next link elsewhere would hand it out.
	if (next.origin === new URL(url).origin) return next.href;
	throw new DomainError(
		'INPUT_INVALID',
		`The feed's next page is on another server (${next.host}).`,
		'Nothing was taken over. Check "Next Link Path".',
	);
}

/** RFC 8288: `<https://…>; rel="next"`. */
function linkHeader(value: unknown): string | undefined {
	if (typeof value !== 'string') return undefined;
	for (const part of value.slice(0, 8_192).split(/,(?=\s*<)/)) {
		const [target = '', ...parameters] = part.split(';');
		if (parameters.some((each) => /^\s*rel\s*=\s*"?next"?\s*$/i.test(each))) return target.trim().replace(/^<|>$/g, '');
	}
	return undefined;
}

export async function fetchPage(
	node: IPollFunctions,
	authentication: string,
	url: string,
	json = true,
): Promise<Answer> {
	const options: IHttpRequestOptions = {
		method: 'GET',
		url,
		returnFullResponse: true,
		timeout: TIMEOUT_MS,
		headers: { Accept: json ? 'application/json' : 'text/csv, text/plain' },
		...(json ? { json: true } : { encoding: 'text' }),
	};
	try {
		const answer: unknown =
			authentication === 'none'
				? await node.helpers.httpRequest(options)
				: await node.helpers.httpRequestWithAuthentication.call(node, authentication, options);
		return answer as Answer;
	} catch (error) {
		throw unreachable(url, error);
	}
}

/** Host and status only: addresses may carry keys. */
function unreachable(url: string, error: unknown): DomainError {
	const status = (error as { response?: { status?: unknown }; httpCode?: unknown }).response?.status;
	const why = typeof status === 'number' ? `answered ${status}` : 'gave no whole answer';
	return new DomainError(
		'INPUT_INVALID',
		`The feed at ${new URL(url).host} ${why}.`,
		'Nothing was taken over, and nobody counts as gone. Check address, credential and that n8n may reach it.',
	);
}

function rowsAt(body: unknown, path: string): unknown[] {
	const found = valueAt(body, path);
	if (Array.isArray(found)) return found as unknown[];
	throw new DomainError(
		'INPUT_INVALID',
		path === ''
			? 'The answer of the feed is no list.'
			: `The answer of the feed has no list at "${path.slice(0, 100)}".`,
		'Set "Rows Path" to where the list is, e.g. data.employees.',
	);
}

function numberAt(body: unknown, path: string): number | undefined {
	const found = path === '' ? undefined : valueAt(body, path);
	return typeof found === 'number' ? found : undefined;
}

function valueAt(body: unknown, path: string): unknown {
	let value = body;
	for (const name of path.split('.').filter((part) => part !== '')) {
		if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
		value = (value as Record<string, unknown>)[name];
	}
	return value;
}
