import fc from 'fast-check';
import { table } from '../../sandbox/src/table.js';

describe('a table', () => {
	it('aligns its columns, counting characters rather than bytes', () => {
		const rows = [
			['Zoë', 'x'],
			['Anna', 'y'],
		];
		expect(table(rows, 100)).toEqual(['  Zoë   x', '  Anna  y']);
	});

	it('folds wide columns under themselves and leaves narrow ones alone', () => {
		const words = Array.from({ length: 12 }, () => 'seven77').join(' ');
		const lines = table([['narrow', words]], 50);
		expect(lines.length).toBeGreaterThan(1);
		expect(lines.slice(1).every((line) => line.startsWith('          seven77'))).toBe(true);
		expect(lines.map((line) => line.trim().replace(/^narrow +/, '')).join(' ')).toBe(words);
	});

	it('breaks an address that is wider than its column after one of its separators', () => {
		expect(table([['maximiliana.vanderbilt@very-long-company-name.example', 'on']], 42)).toEqual([
			'  maximiliana.vanderbilt@very-long-     on',
			'  company-name.example',
		]);
	});

	it('starts a new line where a cell has one', () => {
		expect(table([['slack', '+ a@x\n− b@x']], 80)).toEqual(['  slack  + a@x', '         − b@x']);
	});

	it('is empty without rows', () => {
		expect(table([], 80)).toEqual([]);
	});

	it('never exceeds the width and loses no character', () => {
		const cell = fc.stringMatching(/^[a-z@. äñ]{0,80}$/);
		fc.assert(
			fc.property(fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 6 }), (rows) => {
				const lines = table(rows, 60);
				expect(lines.filter((line) => [...line].length > 60)).toEqual([]);
				const characters = (texts: string[]) => [...texts.join('').replaceAll(/\s/g, '')].sort().join('');
				expect(characters(lines)).toBe(characters(rows.flat()));
			}),
		);
	});
});
