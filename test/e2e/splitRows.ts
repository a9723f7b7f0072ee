/** A step that makes an item of each entry of `rows` in the body of a webhook call. */
export function splitRows() {
	return {
		name: 'Rows',
		type: 'n8n-nodes-base.splitOut',
		typeVersion: 1,
		parameters: { fieldToSplitOut: 'body.rows', options: {} },
	};
}
