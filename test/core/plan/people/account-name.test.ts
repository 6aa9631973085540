import fc from 'fast-check';
import { asVariant, nameVariant } from '../../../../core/plan/people/account-name';

describe('variants of a userName', () => {
	it.each([
		['miller', 2, 'miller2'],
		['miller@acme.example', 3, 'miller3@acme.example'],
		['"a@b"@acme.example', 2, '"a@b"2@acme.example'],
		['@acme', 2, '@acme2'],
		['miller2', 2, 'miller22'],
	])('%s, number %d, is %s', (name, number, variant) => {
		expect(nameVariant(name, number)).toBe(variant);
	});

	it('are recognised, in the spelling that the mapping has now', () => {
		const name = fc.oneof(fc.string({ minLength: 1 }), fc.constantFrom('kim2', 'Kim@acme.example', '7', '@x', 'a@'));
		fc.assert(
			fc.property(name, fc.integer({ min: 1, max: 99_999 }), (mapped, number) => {
				const variant = nameVariant(mapped, number);
				expect(asVariant(mapped, variant, 'suffix')).toBe(variant);
				expect(asVariant(mapped.toLowerCase(), variant, 'review') === undefined).toBe(number > 1);
			}),
		);
	});

	it.each([
		'miller1',
		'miller0',
		'miller02',
		'miller2x',
		'millers',
		'mille',
		'miller-2',
		'miller 2',
		'miller1e3',
		'milleron',
	])('%s is none of miller', (name) => {
		expect(asVariant('miller', name, 'suffix')).toBeUndefined();
	});
});
