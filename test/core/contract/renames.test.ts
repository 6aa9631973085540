import { compare, outline } from './builders';

const agreement = (name: string, short: string, alias = 'Provider'): string =>
	[
		`This Agreement is made between ${name} ("${alias}") and Beta Ltd ("Customer").`,
		`1. ${name} runs the service for the customer.`,
		`2. Notices go to ${short} in writing.`,
		`3. ${short}'s staff is trained every year.`,
		`4. ${short.toUpperCase()} GIVES NO OTHER WARRANTY.`,
	].join('\n\n');

describe('a party renamed throughout', () => {
	it.each([
		['with another legal form', 'Acme Inc.', 'Acme', 'Apex GmbH', 'Apex'],
		['with a longer name', 'Acme Inc', 'Acme', 'Acme Holding Inc', 'Acme Holding'],
		['with a comma before the form', 'Acme, Inc.', 'Acme', 'Zenith, LLC', 'Zenith'],
		['with a name that ends in s', 'Acme Inc', 'Acme', 'Solutions Inc', 'Solutions'],
	])('is one change: %s', (_, from, short, to, shortTo) => {
		const possessive = (text: string): string => text.replaceAll("s's", "s'");
		const result = compare(agreement(from, short), possessive(agreement(to, shortTo)));
		expect(outline(result)).toEqual(['modified party']);
		expect(result.changes[0]?.field?.path).toHaveLength(6);
	});

	it.each([
		['Acme, Inc.', 'Apex, Inc.'],
		['Acme, Inc.', 'Apex GmbH'],
		['Acme GmbH', 'Zenith Works LLC'],
	])('is one change where it stands alone on a line of the signatures: %s, %s', (from, to) => {
		const signed = (name: string): string =>
			`${agreement(name, 'the firm')}\n\nIN WITNESS WHEREOF, the parties have signed.\n\n${name}\n\nBy: ________\n\n${name.toUpperCase()}`;
		expect(outline(compare(signed(from), signed(to)))).toEqual(['modified party']);
	});

	it('leaves a clause modified that was edited besides', () => {
		const after = agreement('Apex GmbH', 'Apex').replace('in writing', 'by e-mail');
		expect(outline(compare(agreement('Acme Inc', 'Acme'), after))).toEqual(['modified party', 'modified clause 2']);
	});

	it('is none where the parties changed places', () => {
		const text = (one: string, two: string): string =>
			`This Agreement is made between ${one} ("A-Side") and ${two} ("B-Side").\n\n1. The sides work together.`;
		const kinds = compare(text('Acme Inc', 'Beta Ltd'), text('Beta Ltd', 'Acme Inc')).changes.map(({ kind }) => kind);
		expect(kinds).toEqual(['clause']);
	});
});

describe('a defined term renamed throughout', () => {
	const text = (term: string, plural: string): string =>
		[
			'## Definitions',
			`"${term}" means a natural person whom the customer names to the provider.`,
			'## Rules',
			`1. Each ${term} keeps the password secret.`,
			`2. ${plural} are listed in the schedule.`,
			`3. The ${term}'s data is deleted at the end.`,
		].join('\n\n');

	it('is one change with its places', () => {
		const result = compare(text('Authorised User', 'Authorised Users'), text('Licensed Party', 'Licensed Parties'));
		expect(outline(result)).toEqual(['modified definition']);
		expect(result.changes[0]?.field).toMatchObject({ from: 'Authorised User', to: 'Licensed Party' });
		expect(result.changes[0]?.field?.path).toHaveLength(5);
	});

	it('is known by its place in brackets, too', () => {
		const alias = (name: string): string => agreement('Acme Inc', `the ${name}`, name);
		const result = compare(alias('Provider'), alias('Supplier'));
		expect(outline(result)).toEqual(['modified definition']);
	});

	it('is none where the old term is still defined', () => {
		const before = text('Authorised User', 'Authorised Users');
		const after = `${text('Guest', 'Guests')}\n\n"Authorised User" means an employee of the customer.`;
		expect(outline(compare(before, after))).not.toContain('modified definition');
	});

	it('may be renumbered in the same breath', () => {
		const before = text('Authorised User', 'Authorised Users');
		const after = text('Licensed Party', 'Licensed Parties').replace(
			'1. Each',
			'1. Records are open to inspection at any time.\n\n2. Each',
		);
		const { stats } = compare(before, after.replace('2. Licensed', '3. Licensed').replace('3. The', '4. The'));
		expect(stats).toMatchObject({ added: 1, modified: 1, renumbered: 3, removed: 0 });
	});
});
