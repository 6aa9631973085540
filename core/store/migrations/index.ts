import type { Migration } from 'kysely/migration';
import { foundation } from './0001-foundation';
import { lifecycle } from './0002-lifecycle';
import { governance } from './0003-governance';
import { adoption } from './0004-adoption';
import { lookups } from './0005-lookups';

/** Run in the order of their names; a name never changes once released. */
export const MIGRATIONS: Readonly<Record<string, Migration>> = {
	'0001-foundation': foundation,
	'0002-lifecycle': lifecycle,
	'0003-governance': governance,
	'0004-adoption': adoption,
	'0005-lookups': lookups,
};
