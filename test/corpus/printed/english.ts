import type { Contract, Part } from './document';

const heading = (number: string, text: string): Part => ({ kind: 'heading', number, text });
const clause = (number: string, text: string): Part => ({ kind: 'clause', number, text });
const item = (label: string, text: string): Part => ({ kind: 'item', label, text });
const paragraph = (text: string): Part => ({ kind: 'paragraph', text });

/** What the two versions of the agreement differ in. */
interface Version {
	seats: string;
	notice: string;
	cap: string;
	audit: boolean;
	governing: string;
	subprocessors: boolean;
}

const BEFORE: Version = {
	seats: 'forty (40)',
	notice: 'sixty (60) days',
	cap: 'the fees paid in the twelve months before the claim arose',
	audit: false,
	governing: 'the laws of Ireland',
	subprocessors: true,
};
const AFTER: Version = {
	seats: 'one hundred and twenty (120)',
	notice: 'ninety (90) days',
	cap: 'twice the fees paid in the twelve months before the claim arose, and in no event less than EUR 250,000',
	audit: true,
	governing: 'the laws of the Netherlands',
	subprocessors: false,
};

function scope(version: Version): Part[] {
	return [
		heading('1.', 'Scope of the Services'),
		clause(
			'1.1',
			`Harbour Analytics makes the reporting platform available to ${version.seats} named users of the Client during the Subscription Term, at the addresses that the Client registers in the administration console.`,
		),
		clause(
			'1.2',
			'The Client may replace a named user at any time, provided that the person replaced no longer has access and that the total number of users stays within the number stated above.',
		),
		clause('1.3', 'The following activities form part of the Services without any additional charge:'),
		item(
			'(a)',
			'the migration of the historical data sets listed in the first schedule, up to a volume of two terabytes;',
		),
		item(
			'(b)',
			version.audit
				? 'a half-day introduction for each group of ten users, held online or, on request, at the premises of the Client; and'
				: 'a half-day introduction for each group of ten users, held online; and',
		),
		item(
			'(c)',
			'a review of the dashboards once in every calendar quarter, together with a written note of what was found.',
		),
		clause(
			'1.4',
			'Anything else is ordered separately. An order binds only after both parties have confirmed it in writing, and no general terms of either party apply to it.',
		),
	];
}

function money(version: Version): Part[] {
	return [
		heading('2.', 'Fees and Invoices'),
		clause(
			'2.1',
			'The subscription fee is payable yearly in advance. Harbour Analytics issues the invoice thirty days before the beginning of each contract year, and it falls due on the first day of that year.',
		),
		clause(
			'2.2',
			'Amounts that are disputed in good faith may be withheld until the dispute has been settled, if the Client names the reasons within ten business days after it received the invoice.',
		),
		clause(
			'2.3',
			'On amounts overdue and undisputed, interest accrues at four percentage points above the base rate published by the European Central Bank.',
		),
		heading('3.', 'Confidential Information'),
		clause(
			'3.1',
			'Each party keeps the Confidential Information of the other secret, uses it only to perform this Agreement, and shares it only with those of its employees and advisers who need it for that purpose and are bound to secrecy.',
		),
		clause(
			'3.2',
			'The duty does not extend to information that was public when it was disclosed, that the recipient already held lawfully, or that a court or an authority orders it to disclose.',
		),
		...(version.audit
			? [
					clause(
						'3.3',
						'Once in a calendar year the Client may have an independent auditor inspect the measures that protect its Confidential Information; the auditor announces the inspection fifteen business days ahead.',
					),
				]
			: []),
	];
}

function ending(version: Version): Part[] {
	return [
		heading('4.', 'Liability'),
		clause(
			'4.1',
			`Except for intent, gross negligence and injury to life or health, the liability of a party under this Agreement is limited to ${version.cap}.`,
		),
		clause(
			'4.2',
			'Neither party is liable for loss of profit or for loss of data that a customary backup would have saved.',
		),
		heading('5.', 'Term and Termination'),
		clause(
			'5.1',
			`This Agreement begins on 1 March 2026 and runs for three years. It is extended by one year at a time unless a party gives notice ${version.notice} before the end of the current period.`,
		),
		clause('5.2', 'Either party may terminate for cause, in particular if the other party:'),
		item('(a)', 'is more than forty-five days late with a payment in spite of a reminder;'),
		item('(b)', 'breaches the duty of confidence in a manner that cannot be remedied; or'),
		item('(c)', 'becomes insolvent, or has to suspend its payments for longer than a month.'),
		...(version.subprocessors
			? [
					clause(
						'5.3',
						'Upon termination Harbour Analytics names all subcontractors that held data of the Client, and confirms within twenty days that each of them has erased it.',
					),
				]
			: []),
		heading('6.', 'Final Provisions'),
		clause(
			'6.1',
			`This Agreement is governed by ${version.governing}, to the exclusion of its conflict of laws rules.`,
		),
		clause(
			'6.2',
			'Changes of this Agreement, including of this clause, are valid only in writing and signed by both parties.',
		),
	];
}

const definitions: Part[] = [
	{ kind: 'definition', term: '“Client”', text: 'means Meadow & Vale Cooperative, Quay Street 14, Galway.' },
	{
		kind: 'definition',
		term: '“Confidential Information”',
		text: 'means all information of a technical or commercial kind that a party marks as confidential, or that a reasonable person would take to be so.',
	},
	{
		kind: 'definition',
		term: '“Subscription Term”',
		text: 'means the period stated in clause 5.1, together with every extension of it.',
	},
];

function schedule(rows: string[][]): Part[] {
	return [
		{ kind: 'heading', text: 'Schedule 1' },
		paragraph('Modules, the users who may open them, and what each of them costs in a contract year.'),
		{ kind: 'table', head: ['Module', 'Open to', 'Sites', 'Yearly fee'], rows },
	];
}

const ROWS = [
	['Stock levels', 'Warehouse staff and buyers', '4', 'EUR 4,800'],
	['Delivery planning', 'Dispatch desk', '2', 'EUR 7,250'],
	[
		'Supplier scorecard',
		'Buyers; head of purchasing; external advisers with a signed confidentiality letter',
		'1',
		'EUR 3,100',
	],
	['Cold chain', 'Quality managers', '4', 'EUR 9,900'],
	['Price history', 'Buyers', '1', 'EUR 1,450'],
	['Member portal', 'All members of the cooperative', '38', 'EUR 12,600'],
	['Forecasting', 'Head of purchasing', '1', 'EUR 6,000'],
];

function agreement(version: Version, rows: string[][]): Contract {
	return {
		language: 'en',
		parts: [
			{ kind: 'title', text: 'Platform Subscription Agreement' },
			paragraph(
				'This agreement is made between Harbour Analytics Limited (“Harbour Analytics”) and the Client. It replaces the letter of intent that the parties exchanged in autumn 2025.',
			),
			{ kind: 'heading', text: 'Definitions' },
			...definitions,
			...scope(version),
			...money(version),
			...ending(version),
			...schedule(rows),
		],
	};
}

export const before = agreement(BEFORE, ROWS);
export const after = agreement(AFTER, [
	...ROWS.slice(0, 1),
	['Delivery planning', 'Dispatch desk and site managers', '4', 'EUR 8,700'],
	...ROWS.slice(2, 4),
	...ROWS.slice(5, 6),
	['Forecasting', 'Head of purchasing', '1', 'EUR 6,450'],
	['Returns', 'Warehouse staff', '4', 'EUR 2,200'],
]);
