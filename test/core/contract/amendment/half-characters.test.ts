import { consolidate } from '../../../../core/contract';
import { document } from '../builders';

/** Half of a character, as a text cut in the middle has it: it has no UTF-8 and no JSON form. */
const HALF = '\ud83d';
const OTHER_HALF = '\udc00';

it('carries out amendments with half characters in them, and writes the replacement character', () => {
	const base = `Agreement ${HALF}\n\n1. Fee\n\nThe fee is ${HALF} 100 euros.\n\n2. Term\n\nThe term is one year.\n`;
	const amendment = `Amendment No. 1 ${OTHER_HALF}\n\n1. In Section 2 the words "one year" are replaced by "two ${HALF} years".\n`;
	const done = consolidate({
		contract: { id: 'c' },
		base: document(base, 'text'),
		amendments: [document(amendment, 'text')],
		knownAt: '2026-01-01T00:00:00.000Z',
	});
	expect(done.instructions.map(({ status }) => status)).toEqual(['applied']);
	expect(done.document.text).toContain('two \ufffd years');
});
