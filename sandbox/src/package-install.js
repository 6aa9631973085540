'use strict';
// Puts our package into an n8n the way n8n's own installer does (community-packages.service, downloadPackage):
// pack, unpack, strip dev/peer/optional dependencies, install the rest with scripts off. The one difference is that the
// tarball comes from this checkout. n8n loads whatever lies in <user folder>/.n8n/nodes/node_modules; its table of
// installed packages only matters to the settings page and to reinstalling what is missing.

const { createHash } = require('node:crypto');
const { existsSync } = require('node:fs');
const { cp, mkdir, readFile, readdir, rename, rm, writeFile } = require('node:fs/promises');
const path = require('node:path');
const { ROOT, RUN } = require('./paths.js');
const { npmEnvironment, run } = require('./processes.js');

// Exactly the installer's arguments; the registry is the one npm is configured for.
const INSTALL = [
	'install',
	'--audit=false',
	'--fund=false',
	'--bin-links=false',
	'--install-strategy=shallow',
	'--ignore-scripts=true',
	'--package-lock=false',
];

const CACHE = path.join(RUN, 'packages');
const KEPT_BUILDS = 3;

/**
 * Packs the built checkout.
 *
 * @param {string} folder where the tarball goes
 * @returns {Promise<{ tarball: string, name: string, version: string, hash: string }>} `hash`: of the tarball's bytes
 */
async function packPackage(folder) {
	await mkdir(folder, { recursive: true });
	const output = await run('npm', ['pack', '--json', '--ignore-scripts', `--pack-destination=${folder}`], {
		cwd: ROOT,
		env: npmEnvironment(),
	});
	const [packed] = JSON.parse(output);
	const tarball = path.join(folder, packed.filename);
	const hash = createHash('sha256')
		.update(await readFile(tarball))
		.digest('hex');
	return { tarball, name: packed.name, version: packed.version, hash };
}

/**
 * Installs the built checkout into an n8n user folder. Unchanged builds come from a cache by the tarball's hash.
 *
 * @param {string} userFolder
 * @returns {Promise<{ name: string, version: string, directory: string, cached: boolean, hash: string }>}
 */
async function installPackage(userFolder) {
	const packed = await packPackage(path.join(CACHE, 'tarballs'));
	const built = path.join(CACHE, packed.hash.slice(0, 16));
	const cached = existsSync(built);
	if (!cached) await buildInstallation(packed, built);
	await rm(packed.tarball, { force: true });

	const nodesFolder = path.join(userFolder, '.n8n', 'nodes');
	const directory = path.join(nodesFolder, 'node_modules', packed.name);
	await rm(directory, { recursive: true, force: true });
	await mkdir(path.dirname(directory), { recursive: true });
	await cp(built, directory, { recursive: true });
	await writeLedger(nodesFolder, packed);
	return { name: packed.name, version: packed.version, directory, cached, hash: packed.hash };
}

/** Made beside its place and renamed: an interrupted installation is never mistaken for a whole one. */
async function buildInstallation({ tarball, hash }, target) {
	const work = path.join(CACHE, `making-${hash.slice(0, 16)}-${process.pid}`);
	await rm(work, { recursive: true, force: true });
	await mkdir(work, { recursive: true });
	await run('tar', ['-xzf', tarball, '-C', work, '--strip-components=1'], { cwd: work });
	const manifestFile = path.join(work, 'package.json');
	const { devDependencies, peerDependencies, optionalDependencies, ...manifest } = JSON.parse(
		await readFile(manifestFile, 'utf8'),
	);
	void [devDependencies, peerDependencies, optionalDependencies]; // the installer drops them too
	await writeFile(manifestFile, JSON.stringify(manifest, null, 2));
	await run('npm', INSTALL, { cwd: work, env: npmEnvironment() });
	await forgetOldBuilds();
	await rename(work, target);
}

async function forgetOldBuilds() {
	const builds = (await readdir(CACHE, { withFileTypes: true })).filter((entry) => /^[0-9a-f]{16}$/.test(entry.name));
	const { statSync } = require('node:fs');
	const oldestLast = builds
		.map((entry) => path.join(CACHE, entry.name))
		.sort((a, b) => statSync(b).birthtimeMs - statSync(a).birthtimeMs);
	for (const folder of oldestLast.slice(KEPT_BUILDS - 1)) await rm(folder, { recursive: true, force: true });
}

/** The installer's own list of what it installed, in the nodes folder. */
async function writeLedger(nodesFolder, { name, version }) {
	const ledger = { name: 'installed-nodes', private: true, dependencies: { [name]: version } };
	await writeFile(path.join(nodesFolder, 'package.json'), JSON.stringify(ledger, null, 2));
}

module.exports = { installPackage, packPackage };
