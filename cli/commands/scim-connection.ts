import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import {
	DEFAULT_LIMITS,
	ScimClient,
	basicAuth,
	bearerAuth,
	capabilityProfile,
	clientCredentialsAuth,
	createAxiosHttp,
	vendorOf,
	vendorProfile,
	type ScimAuth,
} from '../../core/scim';
import type { Clock, Http } from '../../core/ports';
import { text, UsageError, type Call, type CommandOption, type OptionValues } from '../command';

/** Options of every command that talks to an application. */
export const CONNECTION_OPTIONS: Readonly<Record<string, CommandOption>> = {
	'token-env': { type: 'string', value: 'NAME', help: 'Environment variable that holds the bearer token' },
	'basic-env': { type: 'string', value: 'NAME', help: 'Environment variable that holds user:password' },
	'client-env': {
		type: 'string',
		value: 'NAME',
		help: 'Environment variable that holds client id:client secret (OAuth2)',
	},
	'token-url': { type: 'string', value: 'URL', help: 'Token endpoint, with --client-env' },
	scope: { type: 'string', value: 'TEXT', help: 'Scope of the token, with --client-env' },
	vendor: { type: 'string', value: 'V', help: 'Vendor profile (default: by the host)' },
	concurrency: {
		type: 'string',
		value: 'N',
		help: `Requests side by side at most (default ${DEFAULT_LIMITS.concurrency})`,
	},
	'page-size': { type: 'string', value: 'N', help: 'Entries of a page' },
	json: { type: 'boolean', help: 'One JSON document, which is what comes anyway' },
};

export const CONNECTION_DETAILS = [
	'Secrets come from environment variables and appear nowhere. The result is one JSON document on the standard output; progress goes to the error output.',
];

export interface Connection {
	client: ScimClient;
	url: string;
	random: (bytes: number) => Buffer;
	close: () => void;
}

/**
 * The client for the URL of a call.
 * @throws UsageError for options that don't fit together, or a variable that is empty
 */
export function connect({ positionals, options, terminal }: Call): Connection {
	const [url = ''] = positionals;
	const concurrency = count(options, 'concurrency') ?? DEFAULT_LIMITS.concurrency;
	const pageSize = count(options, 'page-size');
	const http = createAxiosHttp({ concurrency });
	const clock: Clock = Date.now;
	const sleep = async (milliseconds: number): Promise<void> => {
		if (milliseconds >= 1000)
			terminal.err(`no answer that counts: waiting ${Math.ceil(milliseconds / 1000)} s before trying again\n`);
		await wait(milliseconds);
	};
	const vendor = text(options, 'vendor');
	const profile = capabilityProfile(vendor === undefined ? vendorOf(url) : vendorProfile(vendor));
	const client = new ScimClient({
		http,
		baseUrl: url,
		auth: authOf(options, { http, clock, sleep }),
		userAgent: USER_AGENT,
		clock,
		sleep,
		profile: pageSize === undefined ? profile : { ...profile, capabilities: { ...profile.capabilities, pageSize } },
		limits: { concurrency, ...(pageSize === undefined ? {} : { pageSize }) },
	});
	return { client, url, random: randomBytes, close: () => http.close() };
}

const USER_AGENT = 'contract-provisioning';

function authOf(
	options: OptionValues,
	ports: { http: Http; clock: Clock; sleep: (milliseconds: number) => Promise<void> },
): ScimAuth {
	const ways = ['token-env', 'basic-env', 'client-env'].filter((name) => text(options, name) !== undefined);
	if (ways.length > 1)
		throw new UsageError(`${ways.map((way) => `--${way}`).join(' and ')} exclude each other. Choose one.`);
	const [way] = ways;
	if (way === undefined) return async () => ({});
	const secret = variable(options, way);
	if (way === 'token-env') return bearerAuth(secret);
	const cut = secret.indexOf(':');
	if (cut < 1)
		throw new UsageError(
			`The variable of --${way} holds no colon; it takes ${way === 'basic-env' ? 'user:password' : 'id:secret'}.`,
		);
	const [name, rest] = [secret.slice(0, cut), secret.slice(cut + 1)];
	if (way === 'basic-env') return basicAuth(name, rest);
	const tokenUrl = text(options, 'token-url');
	if (tokenUrl === undefined) throw new UsageError('--client-env needs --token-url, the token endpoint.');
	const scope = text(options, 'scope');
	return clientCredentialsAuth({
		...ports,
		tokenUrl,
		clientId: name,
		clientSecret: rest,
		userAgent: USER_AGENT,
		...(scope === undefined ? {} : { scope }),
	});
}

function variable(options: OptionValues, way: string): string {
	const name = text(options, way) ?? '';
	const value = process.env[name]?.trim();
	if (value !== undefined && value !== '') return value;
	throw new UsageError(`--${way}: the environment variable "${name}" is empty or not set.`);
}

/** An option that takes a whole number from one on. */
export function count(options: OptionValues, name: string): number | undefined {
	const value = text(options, name);
	if (value === undefined) return undefined;
	if (/^[1-9]\d{0,6}$/.test(value)) return Number(value);
	throw new UsageError(`--${name} is "${value}"; it takes a whole number from 1 on.`);
}

/** Tells how far a run is, at most every thousand steps and at the end of a phase. */
export function progressTo(call: Call): (progress: { phase: string; done: number; total?: number }) => void {
	return ({ phase, done, total }) => {
		if (done % 1000 !== 0 && done !== total) return;
		call.terminal.err(`${phase}: ${done}${total === undefined ? '' : ` of ${total}`}\n`);
	};
}
