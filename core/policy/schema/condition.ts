import { z } from 'zod';

import { scalar, strict } from './scalars';

const list = z.array(scalar).min(1).max(1000);
const comparable = z.union([z.number(), z.string().max(200)]);

/** Operators on one attribute; several must all hold. */
export const operators = strict({
	eq: scalar.exactOptional(),
	in: list.exactOptional(),
	not: z.union([scalar, list]).exactOptional(),
	gte: comparable.exactOptional(),
	lte: comparable.exactOptional(),
	prefix: z.string().min(1).max(200).exactOptional(),
	exists: z.boolean().exactOptional(),
});

const conditionKey = z
	.string()
	.regex(
		/^(?:(?:person|contract|row|entitlement|action|risk|grant)\.)?[A-Za-z_][A-Za-z0-9_]{0,99}$/,
		'must be an attribute name, "contract.NAME", "row.COLUMN", "entitlement.NAME", "action.NAME", "risk.score" or "grant.NAME"',
	);

/** All entries must hold. A scalar means equal, a list means one of. */
export const when = z.record(conditionKey, z.union([scalar, list, operators]));

export type When = z.infer<typeof when>;
export type Operators = z.infer<typeof operators>;
