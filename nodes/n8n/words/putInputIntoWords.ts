import type { InputName, InvalidInput } from '../../minimax/failure/invalidInput';
import { THE_CREDENTIAL } from './theCredential';
import type { Words } from './context';

/** What the panel calls that which the core was given. */
export const LABELS: Readonly<Record<InputName, string>> = {
	additionalBody: 'Additional Body Fields',
	apiKey: 'API Key',
	baseUrl: 'Base URL',
	columns: 'Columns',
	jsonExample: 'JSON Example',
	jsonSchema: 'JSON Schema',
	maxTokens: 'Max Tokens',
	messages: 'Messages',
	messagesJson: 'Messages (JSON)',
	model: 'Model',
	quickColumns: 'Quick Columns',
	rowsPerRequest: 'Rows per Request',
	temperature: 'Temperature',
	tools: 'Tools',
	topP: 'Top P',
};

const WHERE: Readonly<Partial<Record<InputName, string>>> = {
	apiKey: `Open ${THE_CREDENTIAL}.`,
	baseUrl: `Open ${THE_CREDENTIAL}.`,
};

const CHECK_EXPRESSION =
	'If it comes from an expression, check that the expression gives a value for this item.';

/** What is wrong with the input, with the label of its field: `'Messages', message 2 has no role`. */
export function putInputIntoWords({ message, description, place, isMissing }: InvalidInput): Words {
	if (place === undefined) return { message, description };
	const { input, at } = place;
	const name = at === undefined ? `'${LABELS[input]}'` : `'${LABELS[input]}', ${at}`;
	const advice = [WHERE[input], description, isMissing ? CHECK_EXPRESSION : undefined];
	return {
		message: `${name} ${message}`,
		description: advice.filter((sentence) => sentence !== undefined).join(' '),
	};
}
