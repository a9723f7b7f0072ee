import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Removes `*.map` files below a folder: of n8n's 2.7 GB they are 0.5 GB, and only debuggers read them. */
export async function removeSourceMaps(folder: string): Promise<void> {
	for (const entry of await readdir(folder, { withFileTypes: true })) {
		const path = join(folder, entry.name);
		if (entry.isDirectory()) await removeSourceMaps(path);
		else if (entry.isFile() && entry.name.endsWith('.map')) await rm(path);
	}
}
