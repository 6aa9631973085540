'use strict';
// Sends contract events as a contract system would: JSON, signed with a secret that it shares with the receiver.

const { createHmac } = require('node:crypto');

/**
 * Headers of a generic signed webhook: HMAC-SHA256 over `<unix seconds>.<raw body>`.
 *
 * @param {string} secret
 * @param {string} rawBody
 * @param {number} unixSeconds
 */
function signedHeaders(secret, rawBody, unixSeconds) {
	const signature = createHmac('sha256', secret).update(`${unixSeconds}.${rawBody}`).digest('hex');
	return {
		'content-type': 'application/json',
		'x-webhook-timestamp': String(unixSeconds),
		'x-webhook-signature': `sha256=${signature}`,
	};
}

/**
 * @param {string} url
 * @param {string} secret
 * @param {unknown} event
 * @param {{ now?: number }} [options] `now`: milliseconds since the epoch, for events from another time
 * @returns {Promise<{ status: number, body: string }>}
 */
async function sendEvent(url, secret, event, { now = Date.now() } = {}) {
	const rawBody = JSON.stringify(event);
	const response = await fetch(url, {
		method: 'POST',
		headers: signedHeaders(secret, rawBody, Math.floor(now / 1000)),
		body: rawBody,
	});
	return { status: response.status, body: await response.text() };
}

module.exports = { sendEvent, signedHeaders };
