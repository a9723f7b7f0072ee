import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { N8nUser } from './driveN8n.ts';
import type { StoredCredential, StoredWorkflow, Workflow } from './n8nTypes.ts';

/**
 * Brings every workflow of a folder into n8n, once per name, with its nodes on the given credential.
 * `importedFile` notes what was brought in: an example that has changed since replaces its workflow,
 * one that has not leaves alone what a person has made of it in the editor.
 */
export async function importExamples(
	n8n: Pick<N8nUser, 'listWorkflows' | 'createWorkflow' | 'updateWorkflow'>,
	folder: string,
	credential: StoredCredential,
	importedFile: string,
): Promise<StoredWorkflow[]> {
	const before = existsSync(importedFile)
		? (JSON.parse(readFileSync(importedFile, 'utf8')) as Record<string, string>)
		: {};
	const after: Record<string, string> = {};
	const present = (await n8n.listWorkflows()).filter(({ isArchived }) => !isArchived);
	const imported: StoredWorkflow[] = [];
	const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
	for (const file of files.sort()) {
		const example = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Workflow;
		const workflow = useCredential(example, credential);
		const hash = createHash('sha256').update(JSON.stringify(workflow)).digest('hex');
		const existing = present.find(({ name }) => name === workflow.name);
		after[workflow.name] = hash;
		if (!existing) imported.push(await n8n.createWorkflow(workflow));
		else if (before[workflow.name] === hash) imported.push(existing);
		else imported.push(await n8n.updateWorkflow(existing.id, workflow));
	}
	writeFileSync(importedFile, JSON.stringify(after, null, 2));
	return imported;
}

/** Examples name their credential by a placeholder; a node that wants none of this type keeps its own. */
export function useCredential(workflow: Workflow, credential: StoredCredential): Workflow {
	const { id, name, type } = credential;
	return {
		...workflow,
		nodes: workflow.nodes.map((node) =>
			node.credentials?.[type]
				? { ...node, credentials: { ...node.credentials, [type]: { id, name } } }
				: node,
		),
	};
}
