import fc from 'fast-check';
import { listElements } from '../../../../core/scim';
import { failure } from '../support/failure';

async function elements(chunks: string[]): Promise<Array<{ list: string; element: unknown }>> {
	const found = [];
	for await (const each of listElements(chunks)) found.push(each);
	return found;
}

function cut(text: string, size: number): string[] {
	return Array.from({ length: Math.ceil(text.length / size) }, (_, index) =>
		text.slice(index * size, (index + 1) * size),
	);
}

describe('cutting lists out of a document', () => {
	it('gives what JSON.parse gives, wherever the chunks end', async () => {
		const document = fc.dictionary(fc.constantFrom('users', 'groups', 'other', 'a"b'), fc.jsonValue({ maxDepth: 4 }));
		await fc.assert(
			fc.asyncProperty(
				document,
				fc.integer({ min: 1, max: 9 }),
				fc.constantFrom(undefined, '\t'),
				async (value, size, indent) => {
					const expected = Object.entries(value).flatMap(([list, content]) =>
						Array.isArray(content) ? content.map((element: unknown) => ({ list, element })) : [],
					);
					const found = await elements(cut(JSON.stringify(value, null, indent), size));
					expect(found).toEqual(JSON.parse(JSON.stringify(expected)));
				},
			),
		);
	});

	it.each(['', '[]', '"users"', '{"users":[{"userName":"a"}', '{"users":[{]}', '{"users":[tru]}', '{}{}'])(
		'refuses %j',
		async (text) => {
			expect(await failure(elements([text]))).toMatchObject({ code: 'INPUT_INVALID' });
		},
	);
});
