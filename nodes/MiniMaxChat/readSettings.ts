import type { IDataObject, IExecuteSingleFunctions } from 'n8n-workflow';

import { textOf } from '../minimax/json/textOf';
import { holdsExpression } from '../n8n/holdsExpression';
import { readCount } from '../n8n/readCount';
import { DEFAULT_MAX_RETRIES } from '../n8n/requestFields';
import { readIncluded, type IncludedInput } from './includeInput';

/** The parameters that routing cannot put into the body by itself. */
export interface ChatSettings {
	messagesFrom: 'fields' | 'json';
	messages: unknown;
	messagesJson: unknown;
	/** It is `columns` as well where 'Quick Columns' is filled in. */
	responseFormat: 'text' | 'columns' | 'json';
	columns: unknown;
	/** The text of 'Quick Columns'; unless it is empty it replaces `columns`. */
	quickColumns: string;
	jsonFrom: 'any' | 'example' | 'schema';
	jsonExample: unknown;
	jsonSchema: unknown;
	simplify: boolean;
	includedInput: IncludedInput;
	/** Most requests of the node run in flight; 0 leaves it to the pace. */
	maxConcurrency: number;
	/** How often a request is repeated after a fault. */
	maxRetries: number;
	/** Whether answers are kept if the run does not succeed, and taken from where they are kept. */
	reuseAnswers: boolean;
	/** Whether items with the same request share one answer. */
	sharesAnswers: boolean;
	/** Most items of one request. */
	rowsPerRequest: number;
	/** Most tokens of the node run; 0 is no limit. */
	tokenBudget: number;
	options: IDataObject;
}

const names = [
	'messagesFrom',
	'messages',
	'messagesJson',
	'responseFormat',
	'quickColumns',
	'columns',
	'jsonFrom',
	'jsonExample',
	'jsonSchema',
	'simplify',
	'options',
] as const;

/**
 * Reads the settings of one item. Parameters without an expression are the same for every item,
 * so they are read once per node run: a read costs about 0.03 ms, an expression 0.4 ms.
 *
 * @param fixed the run's store for values that hold for all its items
 * @throws InvalidInput
 */
export function readSettings(
	context: IExecuteSingleFunctions,
	fixed: Map<string, unknown>,
): ChatSettings {
	if (fixed.size === 0) {
		const raw = context.getNode().parameters;
		for (const name of names) {
			if (!holdsExpression(raw[name])) fixed.set(name, context.getNodeParameter(name, null));
		}
	}
	const read = (name: string): unknown =>
		fixed.has(name) ? fixed.get(name) : context.getNodeParameter(name, null);
	const [
		messagesFrom,
		messages,
		messagesJson,
		format,
		quick,
		columns,
		jsonFrom,
		jsonExample,
		jsonSchema,
		simplify,
		given,
	] = names.map(read);
	const options = (given ?? {}) as IDataObject;
	const responseFormat = format === 'columns' || format === 'json' ? format : 'text';
	const quickColumns = responseFormat === 'text' ? textOfColumns(quick) : '';
	return {
		messagesFrom: messagesFrom === 'json' ? 'json' : 'fields',
		messages,
		messagesJson,
		responseFormat: quickColumns === '' ? responseFormat : 'columns',
		columns,
		quickColumns,
		jsonFrom: jsonFrom === 'example' || jsonFrom === 'schema' ? jsonFrom : 'any',
		jsonExample,
		jsonSchema,
		simplify: simplify !== false,
		includedInput: readIncluded(options.includeInput, options.includeFields),
		maxConcurrency: readCount(options.maxConcurrency, 'Max Concurrency', 0),
		maxRetries: readCount(options.maxRetries, 'Max Retries', DEFAULT_MAX_RETRIES),
		reuseAnswers: options.reuseAnswers !== false,
		sharesAnswers: options.identicalRows === 'once',
		rowsPerRequest: readCount(options.rowsPerRequest, 'Rows per Request', 1),
		tokenBudget: readCount(options.tokenBudget, 'Token Budget', 0),
		options,
	};
}

/** The text of the field; an expression may also give a list of texts. */
function textOfColumns(value: unknown): string {
	const parts: unknown[] = Array.isArray(value) ? value : [value];
	return parts.map(textOf).join('\n').trim();
}
