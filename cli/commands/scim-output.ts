import { isDomainError } from '../../core/model';
import { scimTypeOf, statusOf } from '../../core/scim';
import { EXIT, UsageError, type Call, type ExitCode } from '../command';
import { connect, type Connection } from './scim-connection';

/**
 * Runs one command against an application and prints its result as one JSON document. Failures are documents, too: what
 * happened, its status and scimType, and how to mend it.
 */
export async function withApplication(
	call: Call,
	work: (connection: Connection) => Promise<{ document: unknown; code: ExitCode }>,
): Promise<ExitCode> {
	const connection = connect(call);
	try {
		const { document, code } = await work(connection);
		call.terminal.out(`${JSON.stringify(document, null, 2)}\n`);
		return code;
	} catch (error) {
		if (error instanceof UsageError || !isDomainError(error)) throw error;
		const [status, scimType] = [statusOf(error), scimTypeOf(error)];
		const failure = {
			code: error.code,
			message: error.message,
			remedy: error.remedy,
			...(status === undefined ? {} : { status }),
			...(scimType === undefined ? {} : { scimType }),
		};
		call.terminal.out(`${JSON.stringify({ error: failure }, null, 2)}\n`);
		call.terminal.err(`${error.message} ${error.remedy}\n`);
		return EXIT.findings;
	} finally {
		connection.close();
	}
}
