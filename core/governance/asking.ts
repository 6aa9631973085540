import { isDomainError, type ErrorCode } from '../model';
import type { CompiledPolicy } from '../policy';
import { breakGlassAllowed, exceptionAllowed, extensionAllowed, requestAllowed, type Asked } from '../requests';

/** One entitlement that somebody asks for, in plain data. */
export interface AccessAsk extends Pick<Asked, 'entitlement' | 'person'> {
	kind: 'request' | 'exception' | 'extension' | 'break_glass';
	requester?: Asked['person'];
	/** Of an exception. */
	owner?: string;
	/** Of break glass: addresses of the person, who reviews nothing of their own. */
	addresses?: readonly string[];
	/** As written. */
	until?: string;
}

export type AskAnswer =
	| { allowed: true; until?: string; reviewers?: string[]; reviewBy?: string }
	| { allowed: false; code: ErrorCode; message: string; remedy: string };

export interface AskTask {
	policy: string;
	policyHash: string;
	asks: readonly AccessAsk[];
	/** ISO instant. */
	now: string;
}

/** What a policy says to each of them, in their order. */
export function answerAsks(compiled: CompiledPolicy, { asks, now }: AskTask): AskAnswer[] {
	return asks.map((ask) => {
		try {
			return { allowed: true, ...answered(compiled, ask, now) };
		} catch (error) {
			if (!isDomainError(error)) throw error;
			const { code, message, remedy } = error;
			return { allowed: false, code, message, remedy };
		}
	});
}

function answered(compiled: CompiledPolicy, ask: AccessAsk, now: string) {
	const { kind, owner = '', addresses = [], ...given } = ask;
	const asked = { ...given, compiled, now };
	switch (kind) {
		case 'request':
			return requestAllowed(asked);
		case 'exception':
			return exceptionAllowed({ ...asked, owner });
		case 'extension':
			return extensionAllowed({ ...asked, until: ask.until ?? '' });
		case 'break_glass':
			return breakGlassAllowed({ ...asked, addresses });
	}
}
