import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importExamples } from '../../../dev/n8n/importExamples.ts';
import type { StoredWorkflow, Workflow } from '../../../dev/n8n/n8nTypes.ts';

const credential = { id: 'real-id', name: 'MiniMax Platform', type: 'miniMaxPlatformApi' };

const example: Workflow = {
	name: 'Lighthouse log',
	nodes: [
		{
			name: 'Ask',
			type: 'n8n-nodes-minimax-platform.miniMaxChat',
			typeVersion: 1,
			position: [0, 0],
			parameters: {},
			credentials: { miniMaxPlatformApi: { id: 'placeholder', name: 'any' } },
		},
		{
			name: 'Fetch',
			type: 'n8n-nodes-base.httpRequest',
			typeVersion: 4,
			position: [200, 0],
			parameters: {},
			credentials: { httpBasicAuth: { id: 'other', name: 'Tide service' } },
		},
	],
	connections: {},
};

let home: string;
let stored: StoredWorkflow[];

const n8n = {
	listWorkflows: jest.fn(() => Promise.resolve(stored)),
	createWorkflow: jest.fn((workflow: Workflow) => {
		stored.push({ ...workflow, id: `id-${stored.length}`, versionId: 'v1', active: false });
		return Promise.resolve(stored[stored.length - 1]!);
	}),
	updateWorkflow: jest.fn((id: string, workflow: Partial<Workflow>) => {
		stored = stored.map((one) => (one.id === id ? { ...one, ...workflow } : one));
		return Promise.resolve(stored.find((one) => one.id === id)!);
	}),
};

const importAll = async () =>
	await importExamples(n8n, join(home, 'examples'), credential, join(home, 'imported.json'));
const writeExample = (workflow: Workflow) =>
	writeFileSync(join(home, 'examples', 'log.json'), JSON.stringify(workflow));

beforeEach(() => {
	jest.clearAllMocks();
	stored = [];
	home = mkdtempSync(join(tmpdir(), 'import-examples-'));
	mkdirSync(join(home, 'examples'));
	writeExample(example);
});
afterEach(() => rmSync(home, { recursive: true }));

test('connects its nodes to the credential, and leaves others with their own', async () => {
	const [workflow] = await importAll();
	expect(workflow?.nodes.map(({ credentials }) => credentials)).toEqual([
		{ miniMaxPlatformApi: { id: 'real-id', name: 'MiniMax Platform' } },
		{ httpBasicAuth: { id: 'other', name: 'Tide service' } },
	]);
});

test('keeps what a person has changed in the editor', async () => {
	await importAll();
	stored = stored.map((workflow) => ({ ...workflow, nodes: [] }));
	expect(await importAll()).toEqual(stored);
	expect(n8n.createWorkflow).toHaveBeenCalledTimes(1);
	expect(n8n.updateWorkflow).not.toHaveBeenCalled();
});

test('brings a newer version of the example into the same workflow', async () => {
	await importAll();
	writeExample({ ...example, settings: { executionOrder: 'v1' } });
	const [workflow] = await importAll();
	expect(workflow).toMatchObject({ id: 'id-0', settings: { executionOrder: 'v1' } });
	expect(stored).toHaveLength(1);
});

test('imports again what has been archived', async () => {
	await importAll();
	stored = stored.map((workflow) => ({ ...workflow, isArchived: true }));
	const [workflow] = await importAll();
	expect(workflow?.id).toBe('id-1');
});
