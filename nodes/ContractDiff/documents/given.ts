import type { IExecuteFunctions } from 'n8n-workflow';
import { DomainError, isDomainError, type SourceFormat } from '../../../core/model';
import { textParameter } from '../../runtime/parameters';
import { runInWorker, type ImportedDocument, type WorkerLimits } from '../../runtime/worker';
import type { DocumentSource } from './fields';

export interface DocumentOptions {
	view?: 'accepted' | 'rejected';
	[format: `${string}Format`]: SourceFormat | 'auto';
}

/** A document that was given and cannot be read by a machine: it goes on as an item that says so. */
export class NeedsHuman extends Error {
	override readonly name = 'NeedsHuman';

	constructor(
		readonly label: string,
		readonly reason: string,
	) {
		super(`${label}: ${reason}`);
	}
}

export interface Given {
	node: IExecuteFunctions;
	index: number;
	/** Prefix of the parameters and what they are called on screen. */
	name: string;
	label: string;
	options: DocumentOptions;
	limits: WorkerLimits;
}

/**
 * Reads the document that a node's fields name; undefined where they name none or the ledger.
 * @throws DomainError naming the parameter (the item is named where it becomes n8n's error), NeedsHuman
 */
export async function givenDocument(given: Given): Promise<ImportedDocument | undefined> {
	const { node, index, name } = given;
	const from = node.getNodeParameter(`${name}From`, index) as DocumentSource;
	if (from === 'event' || from === 'ledger' || from === 'none') return undefined;
	if (from === 'binary') return await givenFile(given, textParameter(node, `${name}Binary`, index).trim());
	const data = from === 'json' ? jsonText(given) : textParameter(node, `${name}Text`, index);
	if (data.trim() === '')
		throw refusal(given, 'is empty', 'Enter the text of the contract, or an expression that gives it.');
	return await imported(given, { data, ...(from === 'json' ? { format: 'json' as const } : {}) });
}

/** A file of the item's binary fields, read as a contract. */
export async function givenFile(given: Given, field: string): Promise<ImportedDocument> {
	const { data, fileName, mimeType } = await givenBytes(given.node, given.index, given.label, field);
	return await imported(given, { data, mimeType, ...(fileName === undefined ? {} : { fileName }) });
}

/**
 * The bytes of one of the item's binary fields.
 * @throws DomainError naming the parameter and the fields that there are
 */
export async function givenBytes(
	node: IExecuteFunctions,
	index: number,
	label: string,
	field: string,
): Promise<{ data: Uint8Array; mimeType: string; fileName?: string }> {
	const known = Object.keys(node.getInputData()[index]?.binary ?? {});
	if (!known.includes(field)) {
		const there = known.length === 0 ? 'The item has no files.' : `The item has: ${known.join(', ')}.`;
		const what = field === '' ? 'is empty' : `names the binary field "${field}", which the item does not have`;
		throw new DomainError(
			'INPUT_INVALID',
			`Parameter "${label}" ${what}.`,
			`${there} Enter the name of one of its binary fields.`,
		);
	}
	const { fileName, mimeType } = node.helpers.assertBinaryData(index, field);
	const data = await node.helpers.getBinaryDataBuffer(index, field);
	return { data, mimeType, ...(fileName === undefined ? {} : { fileName }) };
}

async function imported(
	given: Given,
	input: { data: string | Uint8Array; format?: SourceFormat; fileName?: string; mimeType?: string },
): Promise<ImportedDocument> {
	const { options, name, limits } = given;
	const chosen = options[`${name}Format`];
	const format = input.format ?? (chosen === undefined || chosen === 'auto' ? undefined : chosen);
	const document = await naming(given.label, () =>
		runInWorker(
			'importDocument',
			{ ...input, ...(format === undefined ? {} : { format }), view: options.view ?? 'accepted' },
			limits,
		),
	);
	if (document.needsHuman) throw new NeedsHuman(given.label, document.needsHuman.reason);
	return document;
}

/** Work on what a parameter gives: its errors say which one. */
export async function naming<Result>(label: string, work: () => Promise<Result>): Promise<Result> {
	try {
		return await work();
	} catch (error) {
		if (!isDomainError(error)) throw error;
		throw new DomainError(error.code, `Parameter "${label}": ${error.message}`, error.remedy, error.details);
	}
}

function jsonText(given: Given): string {
	const value: unknown = given.node.getNodeParameter(`${given.name}Json`, given.index);
	if (typeof value === 'string') return value;
	if (typeof value === 'object' && value !== null) return JSON.stringify(value);
	throw refusal(given, 'is no JSON object', 'Check the expression: it has to give an object, a list or a JSON text.');
}

function refusal({ label }: Given, what: string, remedy: string): DomainError {
	return new DomainError('INPUT_INVALID', `Parameter "${label}" ${what}.`, remedy);
}
