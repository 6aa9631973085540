'use strict';
// What an example workflow must be so that anyone can import it as it is.

const { safeParseWorkflowStructure, formatWorkflowStructureIssuePath } = require('n8n-workflow');

/**
 * Checks one example workflow.
 *
 * @param {string} text the file's content
 * @returns {string[]} one sentence per problem; empty when the workflow is fit to ship
 */
function checkWorkflow(text) {
	let workflow;
	try {
		workflow = JSON.parse(text);
	} catch (error) {
		return [`is not JSON: ${error.message}`];
	}
	const structure = safeParseWorkflowStructure(workflow);
	if (!structure.success) {
		return structure.issues.map((issue) => `${formatWorkflowStructureIssuePath(issue.path)}: ${issue.message}`);
	}
	return [...headerProblems(workflow), ...nodeIdProblems(workflow.nodes), ...credentialProblems(workflow.nodes)];
}

function headerProblems(workflow) {
	const problems = [];
	if (typeof workflow.id !== 'string' || workflow.id === '') problems.push('needs a short stable "id"');
	if (typeof workflow.name !== 'string' || workflow.name === '') problems.push('needs a "name"');
	if (workflow.active !== false) problems.push('must have "active": false, importing must never switch it on');
	if (workflow.settings?.executionOrder !== 'v1') problems.push('needs settings.executionOrder "v1"');
	return problems;
}

function nodeIdProblems(nodes) {
	const problems = [];
	const seen = new Set();
	for (const node of nodes) {
		if (typeof node.id !== 'string' || node.id === '') problems.push(`node "${node.name}" has no id`);
		else if (seen.has(node.id)) problems.push(`node "${node.name}" has an id that another node has too: ${node.id}`);
		seen.add(node.id);
	}
	return problems;
}

/** A credential id belongs to one installation: shipped, it points at nothing, or at somebody else's credential. */
function credentialProblems(nodes) {
	return nodes
		.filter((node) => Object.values(node.credentials ?? {}).some((credential) => credential?.id))
		.map((node) => `node "${node.name}" carries a credential id: remove "credentials" before shipping`);
}

module.exports = { checkWorkflow };
