import type { Migration } from 'kysely/migration';
import { foundation } from './0001-foundation';

/** Run in the order of their names; a name never changes once released. */
export const MIGRATIONS: Readonly<Record<string, Migration>> = {
	'0001-foundation': foundation,
};
