import type { INode } from 'n8n-workflow';

import { CREDENTIAL_TYPE } from './readAccess';
import { THE_CREDENTIAL } from './words/theCredential';

/** Words for a node, which name its credential by the name the person gave it in place of its type's. */
export function nameCredential(words: string, { credentials }: INode): string {
	const name = credentials?.[CREDENTIAL_TYPE]?.name ?? '';
	return name === '' ? words : words.replaceAll(THE_CREDENTIAL, () => `the credential '${name}'`);
}
