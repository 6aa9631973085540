'use strict';

const { createServer } = require('node:net');

/**
 * Ports nobody listens on at this moment. They are held open together, so that no port comes twice.
 *
 * @param {number} count
 * @returns {Promise<number[]>}
 */
async function freePorts(count) {
	const servers = await Promise.all(Array.from({ length: count }, listen));
	const ports = servers.map((server) => /** @type {import('node:net').AddressInfo} */ (server.address()).port);
	await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
	return ports;
}

/** @returns {Promise<import('node:net').Server>} */
function listen() {
	return new Promise((resolve, reject) => {
		const server = createServer();
		server.on('error', reject);
		server.listen(0, '127.0.0.1', () => resolve(server));
	});
}

module.exports = { freePorts };
