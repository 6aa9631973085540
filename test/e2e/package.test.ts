import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { installPackage, packPackage } from '../../sandbox/src/package-install.js';

jest.setTimeout(180_000);

interface Manifest {
	dependencies: Record<string, string>;
	devDependencies?: Record<string, string>;
	peerDependencies?: Record<string, string>;
	n8n: { nodes: string[]; credentials: string[] };
}

const ROOT = path.resolve(__dirname, '../..');
const read = (folder: string) => JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as Manifest;

describe('the packed package', () => {
	let folder = '';
	let files: string[] = [];
	const manifest = read(ROOT);

	beforeAll(async () => {
		folder = mkdtempSync(path.join(tmpdir(), 'package-'));
		const { tarball } = await packPackage(folder);
		const listing = execFileSync('tar', ['-tzf', tarball], { encoding: 'utf8' });
		files = listing
			.trim()
			.split('\n')
			.map((file) => file.replace(/^package\//, ''));
	});

	afterAll(() => {
		rmSync(folder, { recursive: true, force: true });
	});

	it('holds every node with codex file and icons for light and dark, and every credential', () => {
		const { nodes, credentials } = manifest.n8n;
		const wanted = nodes.flatMap((node) => {
			const name = path.basename(node, '.node.js');
			const icon = name.charAt(0).toLowerCase() + name.slice(1);
			const beside = (file: string) => path.join(path.dirname(node), file);
			return [node, beside(`${name}.node.json`), beside(`${icon}.svg`), beside(`${icon}.dark.svg`)];
		});
		expect(nodes.length).toBeGreaterThanOrEqual(6);
		expect([...wanted, ...credentials].filter((file) => !files.includes(file))).toEqual([]);
	});

	it('names in its manifest every node and credential that it holds', () => {
		const held = files.filter((file) => /\.(node|credentials)\.js$/.test(file));
		expect(held.sort()).toEqual([...manifest.n8n.nodes, ...manifest.n8n.credentials].sort());
	});

	it('brings the example workflows and what a person reads first', () => {
		const workflows = readdirSync(path.join(ROOT, 'workflows')).map((file) => `dist/workflows/${file}`);
		const wanted = [...workflows, 'README.md', 'LICENSE', 'CHANGELOG.md', 'SECURITY.md'];
		expect(wanted.filter((file) => !files.includes(file))).toEqual([]);
	});

	it('brings no sources, tests, tools or secrets', () => {
		const sources = files.filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'));
		const foreign = files.filter((file) =>
			/^(core|nodes|credentials|cli|test|tools|bench|sandbox|artifacts|coverage|node_modules|docs)\/|\.(test|spec)\.|\.env|\.npmrc|\.sqlite|tsbuildinfo/.test(
				file,
			),
		);
		expect([...sources, ...foreign]).toEqual([]);
	});

	describe('installed by n8n’s own steps', () => {
		let installed = '';
		const packages = () => {
			const modules = path.join(installed, 'node_modules');
			return readdirSync(modules)
				.filter((name) => !name.startsWith('.'))
				.flatMap((name) =>
					name.startsWith('@') ? readdirSync(path.join(modules, name)).map((inner) => `${name}/${inner}`) : [name],
				);
		};

		beforeAll(async () => {
			installed = (await installPackage(path.join(folder, 'user'))).directory;
		});

		it('has its run-time dependencies in the exact versions that were tested', () => {
			const versions = Object.keys(manifest.dependencies).map((name) => {
				const own = readFileSync(path.join(installed, 'node_modules', name, 'package.json'), 'utf8');
				return [name, (JSON.parse(own) as { version: string }).version];
			});
			expect(Object.fromEntries(versions)).toEqual(manifest.dependencies);
		});

		it('has nothing of the development tree and no second n8n', () => {
			const unwanted = [
				...Object.keys(manifest.devDependencies ?? {}),
				...Object.keys(manifest.peerDependencies ?? {}),
			];
			expect(packages().filter((name) => unwanted.includes(name))).toEqual([]);
			const { devDependencies, peerDependencies } = read(installed);
			expect([devDependencies, peerDependencies]).toEqual([undefined, undefined]);
		});

		it('needs no compiler and no install script', () => {
			const modules = path.join(installed, 'node_modules');
			const native = packages().filter((name) => {
				const own = path.join(modules, name);
				const { scripts } = JSON.parse(readFileSync(path.join(own, 'package.json'), 'utf8')) as {
					scripts?: Record<string, string>;
				};
				const runs = ['preinstall', 'install', 'postinstall'].some((script) => scripts?.[script] !== undefined);
				return runs || existsSync(path.join(own, 'binding.gyp'));
			});
			expect(native).toEqual([]);
		});
	});
});
