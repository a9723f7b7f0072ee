import type { ICredentialDataDecryptedObject, IExecuteSingleFunctions } from 'n8n-workflow';

import { CREDENTIAL_TYPE, credentialVaries, readAccess, type Access } from '../n8n/readAccess';

/** Where the requests of a run go, and with which keys. */
export class SharedAccess {
	/** The paces by which the run sends: one for each key. */
	readonly paceKeys = new Set<string>();
	private varies: Promise<boolean> | undefined;
	/** What the credential comes to where it is the same for all items. */
	private shared: Promise<Access> | undefined;

	/**
	 * Where the item's request goes. Read once for all items, as n8n asks the database for each reading, but
	 * for a credential with expressions: there each item has its own.
	 *
	 * @throws InvalidInput
	 */
	async read(context: IExecuteSingleFunctions): Promise<Access> {
		this.varies ??= credentialVaries(context);
		if (!(await this.varies)) this.shared ??= readCredential(context);
		const access = await (this.shared ?? readCredential(context));
		this.paceKeys.add(access.paceKey);
		return access;
	}
}

async function readCredential(context: IExecuteSingleFunctions): Promise<Access> {
	return readAccess(await context.getCredentials<ICredentialDataDecryptedObject>(CREDENTIAL_TYPE));
}
