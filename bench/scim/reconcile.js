// Compares a large directory with as many wanted people, in a process whose memory is nothing but that.
// usage (by fork): reconcile.js DIST BASE_URL ACCOUNTS PAGE_SIZE
'use strict';
const path = require('node:path');

const [dist, baseUrl, accounts, pageSize] = process.argv.slice(2);
const { ScimClient, bearerAuth, capabilityProfile, createAxiosHttp, reconcileScim, vendorOf } = require(
	path.join(dist, 'core/scim'),
);

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

/** One after the other, as a ledger gives them. */
function* wanted(count) {
	for (let index = 0; index < count; index++) {
		yield {
			externalId: `ext-p${index}`,
			userName: `p${index}@example.com`,
			name: { givenName: `Given${index}`, familyName: `Family${index}` },
			displayName: `Given${index} Family${index}`,
			title: 'Engineer',
			emails: [{ value: `p${index}@example.com`, type: 'work', primary: true }],
			[ENTERPRISE]: { department: `Department ${index % 40}`, employeeNumber: String(index) },
		};
	}
}

async function main() {
	const http = createAxiosHttp();
	const base = capabilityProfile(vendorOf(baseUrl));
	const size = Number(pageSize);
	const client = new ScimClient({
		http,
		baseUrl,
		auth: bearerAuth('bench'),
		userAgent: 'bench',
		clock: Date.now,
		sleep: () => Promise.resolve(),
		profile: { ...base, capabilities: { ...base.capabilities, pageSize: size } },
		limits: { pageSize: size, maxResources: 10_000_000 },
	});
	const report = await reconcileScim(client, { users: wanted(Number(accounts)) }, { idleDays: 90 });
	http.close();
	const megabytes = process.resourceUsage().maxRSS / 1_024;
	process.send?.({ complete: report.complete, counts: report.counts, requests: report.requests, megabytes });
}

main().catch((error) => {
	process.stderr.write(`${error.stack}\n`);
	process.exit(1);
});
