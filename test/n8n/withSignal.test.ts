import { withSignal } from '../../nodes/n8n/withSignal';

it('stops by the other signal, is the same context otherwise, and leaves that as it was', () => {
	const own = new AbortController().signal;
	const other = new AbortController().signal;
	const context = { getExecutionCancelSignal: (): AbortSignal | undefined => own, name: 'Node' };
	const changed = withSignal(context, other);

	expect(changed.getExecutionCancelSignal()).toBe(other);
	expect(changed.name).toBe('Node');
	expect(withSignal(context, undefined).getExecutionCancelSignal()).toBeUndefined();
	expect(context.getExecutionCancelSignal()).toBe(own);
});
