import { DomainError, type AttributeValue } from '../core/model';
import { readText } from './input-file';
import type { Terminal } from './terminal';

/** Somebody on the command line: an id to be told apart by, and attributes as of the moment asked about. */
export interface CliPerson {
	id: string;
	attributes: Record<string, AttributeValue>;
}

/**
 * People from a file: one JSON object, a JSON list, or one object a line. An object is either the attributes themselves or has
 * them in `attributes`; `id`, `hrId` or `email` tells people apart.
 */
export async function readPeople(terminal: Terminal, role: string, file: string): Promise<CliPerson[]> {
	const text = await readText(terminal, role, file);
	const people = parsed(text, file).map((value, index) => personOf(value, file, index));
	if (people.length === 0) throw invalid(file, 'there is nobody');
	return people;
}

function parsed(text: string, file: string): unknown[] {
	try {
		const value: unknown = JSON.parse(text);
		return Array.isArray(value) ? value : [value];
	} catch {
		const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
		return lines.map((line, index) => {
			try {
				return JSON.parse(line) as unknown;
			} catch {
				throw invalid(file, `line ${index + 1} is no JSON`);
			}
		});
	}
}

function personOf(value: unknown, file: string, index: number): CliPerson {
	if (typeof value !== 'object' || value === null || Array.isArray(value))
		throw invalid(file, `entry ${index + 1} is no object`);
	const object = value as Record<string, unknown>;
	const nested = object['attributes'];
	const given = typeof nested === 'object' && nested !== null ? (nested as Record<string, unknown>) : object;
	const attributes: Record<string, AttributeValue> = {};
	for (const [name, each] of Object.entries(given)) {
		if (!isAttribute(each)) continue;
		Object.defineProperty(attributes, name, { value: each, enumerable: true, configurable: true, writable: true });
	}
	const id = [object['id'], object['hrId'], attributes['email']].find((each) => typeof each === 'string');
	return { id: typeof id === 'string' ? id : `person ${index + 1}`, attributes };
}

function isAttribute(value: unknown): value is AttributeValue {
	if (Array.isArray(value)) return value.every((each) => typeof each === 'string');
	return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function invalid(file: string, problem: string): DomainError {
	return new DomainError('INPUT_INVALID', `PEOPLE: in "${file}" ${problem}.`, 'Give one JSON object a person.');
}
