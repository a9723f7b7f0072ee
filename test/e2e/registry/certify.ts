import { join } from 'node:path';
import { runCommand } from '../../../dev/n8n/runCommand.ts';

/** A certificate for one host that signs itself, valid for a day; resolves with the files' paths. */
export async function certify(
	host: string,
	folder: string,
): Promise<{ key: string; certificate: string }> {
	const key = join(folder, 'key.pem');
	const certificate = join(folder, 'certificate.pem');
	await runCommand({
		purpose: 'Making a certificate for the registry on this machine',
		command: 'openssl',
		args: [
			...['req', '-x509', '-nodes', '-days', '1', '-newkey', 'rsa:2048'],
			...['-subj', `/CN=${host}`, '-addext', `subjectAltName=DNS:${host}`],
			...['-keyout', key, '-out', certificate],
		],
		cwd: folder,
		logFile: join(folder, 'certify.log'),
	});
	return { key, certificate };
}
