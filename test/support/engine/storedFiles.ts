import { Container } from '@n8n/di';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IBinaryData } from 'n8n-workflow';

/** n8n as it is by default on a server: files on disk, and only their IDs in the items. */
export interface StoredFiles {
	/** Stores a file as a node of an earlier step does. */
	store(bytes: Buffer, mimeType: string): Promise<IBinaryData>;
	close(): void;
}

export async function openStoredFiles(): Promise<StoredFiles> {
	const folder = mkdtempSync(join(tmpdir(), 'n8n-files-'));
	// Read as the engine is loaded.
	process.env.N8N_USER_FOLDER = folder;
	process.env.N8N_BINARY_DATA_STORAGE_PATH = folder;
	process.env.N8N_DEFAULT_BINARY_DATA_MODE = 'filesystem';
	const { BinaryDataService } = await import('n8n-core');
	const service = Container.get(BinaryDataService);
	await service.init();
	const location = { type: 'execution' as const, workflowId: 'files', executionId: '1' };
	return {
		store: async (bytes, mimeType) =>
			await service.store(location, bytes, { data: '', mimeType, fileName: 'photo' }),
		close: () => rmSync(folder, { recursive: true, force: true }),
	};
}
