import { Scene, target } from '../core/scim/odd/scene';
import { folderWith, run, type Outcome } from './run';

/** Those that make nobody wait: time is real here. */
describe.each(['strict', 'sloppy', 'replacing', 'cursors', 'opinionated'] as const)(
	'scim on the command line at a %s server',
	(name) => {
		let scene: Scene;
		let folder: string;

		beforeAll(async () => {
			scene = await Scene.open(name, Date.now);
			folder = folderWith({ 'desired.json': JSON.stringify(target()) });
		});
		afterAll(() => scene.close());

		const scim = async (verb: string, ...words: string[]): Promise<Outcome & { document: Record<string, unknown> }> => {
			const outcome = await run(folder, 'scim', verb, scene.server.baseUrl, ...words);
			return { ...outcome, document: JSON.parse(outcome.out) as Record<string, unknown> };
		};

		it('probes, applies, only reads the second time, and takes back', async () => {
			expect(await scim('probe')).toMatchObject({ code: 0, document: { connection: { ok: true } } });
			const start = scene.snapshot();
			const words = ['--desired', 'desired.json', '--journal', 'run.jsonl', '--create-groups'];
			const first = await scim('apply', ...words);
			expect(first).toMatchObject({ code: 0, document: { outcome: 'done', counts: { failed: 0 } } });
			expect(scene.staff()).toEqual([0, 3, 5, 'u60@x.example', 'u61@x.example']);

			const before = scene.server.writes().length;
			expect(await scim('apply', ...words)).toMatchObject({ code: 0, document: { requests: { writes: 0 } } });
			expect(scene.server.writes().slice(before)).toEqual([]);

			expect(await scim('undo', '--journal', 'run.jsonl')).toMatchObject({ code: 0, document: { outcome: 'done' } });
			expect(scene.snapshot()).toEqual(start);
			expect(await scim('undo', '--journal', 'run.jsonl')).toMatchObject({ document: { requests: { writes: 0 } } });
		});
	},
);
