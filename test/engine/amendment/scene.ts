import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ledger } from '../../../core/store';
import { signedHeaders } from '../../../sandbox/src/contract-system.js';
import { amendedEvent, people, signedEvent } from '../../../sandbox/src/demo.js';
import { startScimApplication } from '../../../sandbox/src/scim-server.js';
import { WORKFLOW } from '../../../tools/embed-demo.js';
import {
	callWebhook,
	resumeWebhook,
	type EngineOptions,
	type EngineRun,
	type WebhookResult,
	type WorkflowJson,
} from '../support';

const SECRET = 'a-secret-of-the-contract-system';

export interface Holdings {
	accounts: Record<string, { active: boolean }>;
	groups: Record<string, string[]>;
}

interface Application {
	baseUrl: string;
	token: string;
	holdings(): Promise<Holdings>;
	writes(): Promise<string[]>;
	stop(): Promise<void>;
}

/** The shipped workflow with two SCIM applications full of people and a ledger of its own, on n8n's engine. */
export interface Scene {
	options: EngineOptions & {
		workflow: WorkflowJson;
		nodeCredentials: Record<string, Record<string, Record<string, string>>>;
	};
	ledger: Ledger;
	slack: Application;
	github: Application;
	/** Sends an event as the contract system would. */
	send(event: object, headers?: Record<string, string>): Promise<WebhookResult>;
	/** The agreement is signed, then amended: Elif's administration of GitHub waits for approval. */
	amend(): Promise<EngineRun>;
	stop(): Promise<void>;
}

export const ELIF = 'elif.yildiz@acme-consulting.example';
export const INES = 'ines.carvalho@acme-consulting.example';
export const DERMOT = 'dermot.keane@acme-consulting.example';

/** `change` rewires or edits the workflow, as somebody with the canvas could. */
export async function startScene(change: (workflow: WorkflowJson) => void = () => {}): Promise<Scene> {
	const [slack, github] = await Promise.all([startApplication('slack'), startApplication('github')]);
	const file = join(mkdtempSync(join(tmpdir(), 'scene-')), 'ledger.sqlite');
	const workflow = JSON.parse(readFileSync(WORKFLOW, 'utf8')) as WorkflowJson;
	change(workflow);
	const options = {
		workflow,
		credentials: { contractWebhookSecretApi: { secret: SECRET }, accessLedgerApi: { file } },
		nodeCredentials: {
			'Apply to Slack': scimCredential(slack, file),
			'Apply to GitHub': scimCredential(github, file),
		} as Record<string, Record<string, Record<string, string>>>,
	};
	const ledger = await Ledger.open({ file, clock: Date.now, random: randomBytes });
	const send: Scene['send'] = async (event, headers) => {
		const body = JSON.stringify(event);
		const signed = signedHeaders(SECRET, body, Math.floor(Date.now() / 1000));
		return await callWebhook({ ...options, node: 'Contract Trigger', headers: { ...signed, ...headers }, body });
	};
	return {
		options,
		ledger,
		slack,
		github,
		send,
		amend: async () => {
			await send(signedEvent());
			const { run } = await send(amendedEvent());
			if (!run) throw new Error('The amendment started no execution.');
			return run;
		},
		stop: async () => {
			await ledger.close();
			await Promise.all([slack.stop(), github.stop()]);
		},
	};
}

async function startApplication(name: 'slack' | 'github'): Promise<Application> {
	const application = await startScimApplication(name);
	const demo = people();
	const content = demo.applications[name];
	if (!content) throw new Error(`people.json has no application "${name}".`);
	await application.seed(content, demo.people);
	return application;
}

function scimCredential({ baseUrl, token }: Application, file: string) {
	return { scimBearerTokenApi: { baseUrl, token }, accessLedgerApi: { file } };
}

/** Links by approver, as the workflow hands them to whatever sends messages. */
export function links(run: EngineRun): Record<string, string> {
	return Object.fromEntries(
		run.items('Request Approval').map((item) => [item['approver'] as string, item['link'] as string]),
	);
}

export function onlyLink(run: EngineRun): string {
	const [link] = Object.values(links(run));
	if (link === undefined) throw new Error('No approval link was made.');
	return link;
}

/** Opens the link as a browser does. */
export async function open(run: EngineRun, link = onlyLink(run), method = 'GET'): Promise<WebhookResult> {
	return await resumeWebhook({ run, url: link, method });
}

/** Fills in the page's form and posts it. */
export async function decide(run: EngineRun, vote: 'approve' | 'deny', link = onlyLink(run)): Promise<WebhookResult> {
	const page = await open(run, link);
	const fields = [...page.response.body.matchAll(/name="(decision\.[^"]+)"/g)].map(([, name]) => name ?? '');
	const form = Object.fromEntries([...new Set(fields)].map((name) => [name, vote]));
	return await resumeWebhook({ run, url: link, method: 'POST', form });
}

/** A post with the votes of a page seen earlier: what a replay is. */
export async function post(run: EngineRun, form: Record<string, string>, link = onlyLink(run)): Promise<WebhookResult> {
	return await resumeWebhook({ run, url: link, method: 'POST', form });
}

export async function formOf(run: EngineRun, vote: 'approve' | 'deny'): Promise<Record<string, string>> {
	const page = await open(run);
	return Object.fromEntries(
		[...page.response.body.matchAll(/name="(decision\.[^"]+)"/g)].map(([, name]) => [name ?? '', vote]),
	);
}

export { amendedEvent, signedEvent };
