import { applyActions, type ApplyOptions, type ApplyReport } from '../../../../core/scim';
import type { ActionContent } from '../../../../core/model';
import { connect, type TestClient } from './client';
import { startFaultProxy, type Answer, type FaultProxy } from './fault-proxy';
import { MemoryLedger } from './memory-ledger';
import { startScimmy, type ScimServer } from './scimmy-server';

export const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

/** A real server behind the fault proxy, a client, and an empty ledger for each test of a file. */
export class Stage {
	server!: ScimServer;
	proxy!: FaultProxy;
	connection!: TestClient;
	ledger!: MemoryLedger;

	/** Registers the hooks of the test file. */
	static set(framework: 'express4' | 'express5' = 'express4'): Stage {
		const stage = new Stage();
		beforeAll(async () => {
			stage.server = await startScimmy(framework);
			stage.proxy = await startFaultProxy(stage.server.baseUrl);
		});
		afterAll(async () => {
			await stage.proxy.close();
			await stage.server.close();
		});
		beforeEach(() => {
			stage.server.reset();
			stage.proxy.reset();
			stage.ledger = new MemoryLedger();
			stage.connection = connect(stage.proxy.baseUrl);
		});
		afterEach(() => stage.connection.close());
		return stage;
	}

	apply(options: Partial<ApplyOptions> = {}): Promise<ApplyReport> {
		const claim = { claimedBy: 'test', leaseSeconds: 600, limit: 1000 };
		const { ledger } = this;
		return applyActions({ ledger, client: this.connection.client, application: 'app', claim, ...options });
	}

	/** A joiner with the attributes that a policy maps. */
	create(email: string, extra: Partial<ActionContent> = {}): string {
		const [name = ''] = email.split('@');
		return this.forPerson(email, 'create_account', {
			attributes: {
				userName: email,
				name: { givenName: name, familyName: 'Test' },
				emails: [{ value: email, type: 'work', primary: true }],
				[ENTERPRISE]: { department: 'Engineering' },
			},
			...extra,
		});
	}

	forPerson(email: string, operation: ActionContent['operation'], extra: Partial<ActionContent> = {}): string {
		const [name = ''] = email.split('@');
		return this.ledger.add({ identityId: `person-${name}`, operation, match: { userName: email, email }, ...extra });
	}
}

/** What became of each action and how many writes it took, e.g. `verified 1`. */
export function outcomes(report: ApplyReport): string[] {
	return report.results.map(({ outcome, writes }) => `${outcome} ${writes}`);
}

type Body = Record<string, unknown>;

/** Changes each resource of an answer. */
export function edit(change: (resource: Body) => void): (answer: Answer) => Answer {
	return (answer) => {
		const body = JSON.parse(answer.body ?? '{}') as Body;
		for (const resource of (body['Resources'] as Body[] | undefined) ?? [body]) change(resource);
		return { status: answer.status, body: JSON.stringify(body) };
	};
}

/** Hides an attribute. */
export function without(name: string): (answer: Answer) => Answer {
	return edit((resource) => Reflect.deleteProperty(resource, name));
}
