import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import { parsePolicy } from '../../../core/policy';
import { Ledger } from '../../../core/store';
import { signedHeaders } from '../../../sandbox/src/contract-system.js';
import { people } from '../../../sandbox/src/demo.js';
import { workforcePolicy } from '../../../sandbox/src/demo-people.js';
import { startScimApplication } from '../../../sandbox/src/scim-server.js';
import {
	callWebhook,
	runWorkflow,
	type EngineOptions,
	type EngineRun,
	type WebhookResult,
	type WorkflowJson,
} from '../support';
import { FLOW_NODES } from './flow-nodes';

const SECRET = 'a-secret-of-the-hr-system';
export const MANUAL = 'When clicking ‘Execute workflow’';

type ScimApplication = Awaited<ReturnType<typeof startScimApplication>>;

/** Two SCIM applications full of people and one ledger, in which the shipped workflows are run one after the other. */
export interface Scene {
	ledger: Ledger;
	slack: ScimApplication;
	github: ScimApplication;
	/** Runs a shipped workflow by its manual trigger, or from another node with what that gives out. */
	run(workflow: string, start?: { node: string; items: IDataObject[] }): Promise<EngineRun>;
	/** Sends an event to the trigger of a shipped workflow, signed. Nodes named in `without` are disabled. */
	send(workflow: string, event: object, without?: readonly string[]): Promise<WebhookResult>;
	/** Types of the audit records so far, and whether the log is whole. */
	log(): Promise<{ ok: boolean; types: string[] }>;
	stop(): Promise<void>;
}

/** `published`: whether the policy is in the ledger already, as after a first run. */
export async function startScene({ published = true } = {}): Promise<Scene> {
	const [slack, github] = await Promise.all([startApplication('slack'), startApplication('github')]);
	const file = join(mkdtempSync(join(tmpdir(), 'people-')), 'ledger.sqlite');
	const ledger = await Ledger.open({ file, clock: Date.now, random: randomBytes });
	if (published) await publish(ledger);
	const byName: Record<string, ScimApplication> = { slack, github };
	const options = (name: string, without: readonly string[] = []): EngineOptions => {
		const workflow = shipped(name);
		for (const node of workflow.nodes) if (without.includes(node.name)) node.disabled = true;
		return {
			workflow,
			nodeTypes: FLOW_NODES,
			credentials: { contractWebhookSecretApi: { secret: SECRET }, accessLedgerApi: { file } },
			nodeCredentials: scimCredentials(workflow, byName, file),
		};
	};
	return {
		ledger,
		slack,
		github,
		run: async (workflow, start = { node: MANUAL, items: [{}] }) =>
			await runWorkflow({
				...options(workflow),
				startNode: start.node,
				...(start.node === MANUAL ? {} : { items: start.items.map((json) => ({ json })) }),
			}),
		send: async (workflow, event, without) => {
			const body = JSON.stringify(event);
			const headers = signedHeaders(SECRET, body, Math.floor(Date.now() / 1000));
			const { nodes } = shipped(workflow);
			const trigger = nodes.find(({ type }) => /\.(hris|contract)Trigger$/.test(type))?.name ?? '';
			return await callWebhook({ ...options(workflow, without), node: trigger, headers, body });
		},
		log: async () => {
			const records = await ledger.readLog({ after: 0, limit: 10_000 });
			const types = records.map(({ leaf }) => (JSON.parse(leaf) as { type: string }).type);
			return { ok: (await ledger.verifyLog()).ok, types };
		},
		stop: async () => {
			await ledger.close();
			await Promise.all([slack.stop(), github.stop()]);
		},
	};
}

async function publish(ledger: Ledger): Promise<void> {
	const source = workforcePolicy();
	const { hash, policy } = parsePolicy(source);
	const author = 'hr@meridian-freight.example';
	await ledger.publishPolicy({
		hash,
		name: policy.policy,
		source,
		author,
		authorProof: 'claimed',
		needsApproval: false,
	});
}

function shipped(name: string): WorkflowJson {
	return JSON.parse(readFileSync(join(__dirname, `../../../workflows/${name}.json`), 'utf8')) as WorkflowJson;
}

async function startApplication(name: 'slack' | 'github'): Promise<ScimApplication> {
	const application = await startScimApplication(name);
	const demo = people();
	const content = demo.applications[name];
	if (!content) throw new Error(`people.json has no application "${name}".`);
	await application.seed(content, demo.people);
	return application;
}

/** Each SCIM node gets the credential of the application that it names, as a user would select it. */
function scimCredentials({ nodes }: WorkflowJson, applications: Record<string, ScimApplication>, file: string) {
	return Object.fromEntries(
		nodes
			.filter(({ type }) => type.endsWith('.scim'))
			.map(({ name, parameters }) => {
				const application = applications[parameters['application'] as string];
				if (!application) throw new Error(`No application for node "${name}".`);
				const { baseUrl, token } = application;
				return [name, { scimBearerTokenApi: { baseUrl, token }, accessLedgerApi: { file } }];
			}),
	);
}

/** The summaries of items, for comparing. */
export function summaries(items: readonly IDataObject[]): string[] {
	return items.map(({ summary }) => summary as string).sort();
}

/** The day, so many days from today, as HR systems write it. */
export function day(offset: number): string {
	return new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
}

/** The ledger's id of whoever has an address. */
export async function identityOf({ ledger }: Scene, email: string): Promise<string> {
	const id = await ledger.identityByKey({ kind: 'email', value: email });
	if (id === undefined) throw new Error(`The ledger knows nobody by ${email}.`);
	return id;
}
