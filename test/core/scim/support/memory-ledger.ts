import { contentHash, contentId, type ActionContent } from '../../../../core/model';
import type {
	ActionLedger,
	ActionResult,
	ClaimRequest,
	ClaimResult,
	ClaimedAction,
	JournalEntry,
} from '../../../../core/ports';

/** The ledger's port in memory: hands out what is open, keeps what it is told, in order. */
export class MemoryLedger implements ActionLedger {
	readonly open = new Map<string, ClaimedAction>();
	readonly journal: JournalEntry[] = [];
	readonly results: ActionResult[] = [];
	/** What happened, in order: `claim`, `journal`, `complete`. */
	readonly calls: string[] = [];
	/** Called as the journal is written, before any write may go out. */
	onJournal: () => void = () => undefined;

	add(
		content: Partial<ActionContent> & Pick<ActionContent, 'identityId' | 'operation'>,
		account?: ClaimedAction['account'],
	): string {
		const whole: ActionContent = {
			v: 1,
			application: 'app',
			match: {},
			dueAt: '2026-01-01T00:00:00.000Z',
			policyHash: 'p',
			...content,
		};
		const id = contentId('act', whole);
		this.open.set(id, { id, hash: contentHash(whole), content: whole, ...(account === undefined ? {} : { account }) });
		return id;
	}

	async claim(request: ClaimRequest): Promise<ClaimResult> {
		this.calls.push('claim');
		const asked = request.actionIds ?? [...this.open.keys()];
		const claimed = asked.flatMap((id) => this.open.get(id) ?? []).slice(0, request.limit);
		const refused = asked.filter((id) => !this.open.has(id)).map((id) => ({ id, reason: 'not open' }));
		return { leaseId: 'lease-1', claimed, refused };
	}

	async journalBefore(_leaseId: string, entries: readonly JournalEntry[]): Promise<void> {
		this.calls.push('journal');
		this.onJournal();
		this.journal.push(...entries);
	}

	async complete(_leaseId: string, results: readonly ActionResult[]): Promise<void> {
		this.calls.push('complete');
		this.results.push(...results);
	}

	/** The account that a result reported, as a real ledger would give it out with the next claim. */
	accountOf(actionId: string): { remoteId: string; externalId?: string } | undefined {
		const account = this.results.find((result) => result.actionId === actionId)?.account;
		if (account === undefined) return undefined;
		const { remoteId, externalId } = account;
		return { remoteId, ...(externalId === undefined ? {} : { externalId }) };
	}
}
