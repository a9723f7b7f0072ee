import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/**
 * Bytes on the disk of a folder and all that is in it; 0 while it is not there. `du` looks through
 * n8n's 280,000 files in a second, ten times as fast as Node.
 */
export async function measureFolder(folder: string): Promise<number> {
	const { stdout } = await promisify(execFile)('du', ['-sk', folder]).catch(
		// Files that vanish while `du` looks make it end with 1; its sum is printed all the same.
		({ stdout: sum = '' }: { stdout?: string }) => ({ stdout: sum }),
	);
	return (Number.parseInt(stdout, 10) || 0) * 1024;
}
