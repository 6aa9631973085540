// The people and groups that everybody in this benchmark provisions.
'use strict';

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

function user(index) {
	return {
		externalId: `ext-${index}`,
		userName: `p${index}@example.com`,
		name: { givenName: `Given${index}`, familyName: `Family${index}` },
		displayName: `Given${index} Family${index}`,
		title: 'Engineer',
		emails: [{ value: `p${index}@example.com`, type: 'work', primary: true }],
		[ENTERPRISE]: { department: `Department ${index % 40}`, employeeNumber: String(index) },
	};
}

/** People from `firstUser` on, and groups of some of them; the same members come round where there are few people. */
function population({ users, groups, members, firstUser, firstGroup }) {
	const people = Array.from({ length: users }, (_, index) => user(firstUser + index));
	const teams = Array.from({ length: groups }, (_, group) => ({
		displayName: `Team ${firstGroup + group}`,
		members: Array.from({ length: Math.min(members, users) }, (_, index) => ({
			externalId: `ext-${firstUser + ((group * members + index) % users)}`,
		})),
	}));
	return { users: people, groups: teams };
}

module.exports = { population };
