import { applyAmendment, readAmendment, type Amendment, type Consolidation } from '../../../../core/contract/amendment';
import { document } from '../builders';

/** A small agreement in words of our own, with everything that amendments point at. */
export const AGREEMENT = `# Northwind Hosting Agreement

This Hosting Agreement (the "Agreement") is dated 2 March 2025 and made between Larkspur Systems Ltd ("Supplier") and Brindle Foods GmbH ("Customer").

**1. Definitions**

"Authorised User" means an employee of Customer who has an account.

"Platform" means the hosted planning service that Supplier runs.

"Working Day" means a day on which banks in Vienna are open.

**2. Access.** Customer may use the Platform for its own planning. Customer may name up to 40 Authorised Users. Accounts may not be shared.

**3. Fees**

**3.1.** Charges. Customer pays the charges in Schedule A. Invoices are due within 30 days. Late sums bear interest at 4% a year.

**3.2.** Taxes. Charges are exclusive of taxes.

**4. Duties.** Customer will:

(a) keep its accounts safe,

(b) tell Supplier of any breach without delay, and

(c) follow the usage rules.

**5. Remedies.** Supplier may: (a) repair the Platform, (b) replace the faulty part or (c) end the affected order.

**6. Notices.** Notices go to the addresses below.

For Customer: Attention: Mira Holt, E-mail: mira.holt@brindle.example, Phone: +43 1 5550 100

For Supplier: Attention: Jonas Reed, E-mail: jonas.reed@larkspur.example

**7. General.** This Agreement is governed by the laws of Austria.

# Schedule A

| Module | Seats | Price |
|---|---|---|
| Planning | 40 | 900 |
| Reports | 10 | 150 |

# Schedule B

Support is given on every Working Day.
`;

const HEAD = `AMENDMENT NO. 1 TO THE HOSTING AGREEMENT

This Amendment No. 1 is effective as of 1 May 2026 and made between Larkspur Systems Ltd ("Supplier") and Brindle Foods GmbH ("Customer"). It amends the Hosting Agreement dated 2 March 2025 (the "Agreement").

The parties agree as follows:

`;

export const TAIL = `

IN WITNESS WHEREOF, the parties have signed.

By: /s/ Mira Holt
Date: 14 April 2026
`;

/** An amendment whose sections are the given sentences, numbered. */
export function amendmentText(...sections: string[]): string {
	return HEAD + sections.map((section, index) => `${index + 1}. ${section}`).join('\n\n') + TAIL;
}

export function amendment(...sections: string[]): Amendment {
	return readAmendment(document(amendmentText(...sections), 'text'));
}

export function apply(amended: Amendment, base = AGREEMENT): Consolidation {
	return applyAmendment({ base: document(base), amendment: amended });
}

/** Status of each instruction with what was removed and what came in its place. */
export function outcome(...sections: string[]): Array<{ status: string; was?: string; is?: string; reason?: string }> {
	const done = apply(amendment(...sections));
	return done.results.map(({ status, changes, reason }) => {
		const [first] = changes;
		return {
			status,
			...(first
				? {
						was: AGREEMENT.slice(first.before.start, first.before.end),
						is: done.text.text.slice(first.after.start, first.after.end),
					}
				: {}),
			...(reason !== undefined ? { reason } : {}),
		};
	});
}
