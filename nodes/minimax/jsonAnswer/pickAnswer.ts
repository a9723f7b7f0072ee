import { isRecord } from '../json/isRecord';
import type { FoundJson, Stretch } from './findJson';
import type { Fit } from './fitToSchema';
import { holdsPieces } from './holdsPieces';
import { toValue, type JsonNode } from '../json/jsonNode';

const SEVERAL = 'The answer holds several JSON values instead of one';

/** Words before a fence whose content takes the place of what stands above. */
const CORRECTION =
	/\b(?:correct(?:ed|ion)|final (?:answer|version|result|json|output)|no, better|sorry|wait)\b/i;

/**
 * The one value that is meant: the only one, with a schema the only one that matches it, or the one in the
 * last fence where the words before it say that it takes the place of the others. Where two could be meant
 * none is taken, and neither is the schema itself.
 */
export function pickAnswer<Value>(
	found: FoundJson,
	fit: (node: JsonNode) => Fit<Value>,
	schema?: unknown,
): Fit<Value> {
	const { stretches, prose } = found;
	const last = stretches.at(-1);
	if (last === undefined) return refuse('The answer holds no JSON');
	if (last.isFenced && last.reading.ok && CORRECTION.test(lastLineOf(prose.at(-2) ?? ''))) {
		return fit(last.reading.node);
	}
	if (holdsPieces(prose)) return refuse('Pieces of JSON stand outside of the JSON in the answer');
	const broken = stretches.find((stretch) => !stretch.reading.ok && !isAside(stretch, stretches));
	if (broken !== undefined && !broken.reading.ok) return refuse(broken.reading.reason);

	const nodes = stretches.flatMap(({ reading }) => (reading.ok ? [reading.node] : []));
	if (schema !== undefined) return pickMatching(nodes, fit, schema);
	const mayBeBesideSchema = nodes.length > 1 && isFirstAlone(stretches);
	const answers = mayBeBesideSchema ? nodes.filter((node) => !looksLikeSchema(node)) : nodes;
	const [answer, ...others] = answers;
	return answer === undefined || others.length > 0 ? refuse(SEVERAL) : fit(answer);
}

function pickMatching<Value>(
	nodes: JsonNode[],
	fit: (node: JsonNode) => Fit<Value>,
	schema: unknown,
): Fit<Value> {
	const tries = nodes
		.filter((node) => !isEchoOf(schema, node))
		.map((node) => ({ node, result: fit(node) }));
	const last = tries.at(-1)?.result;
	if (last === undefined) return refuse('The answer repeats the schema instead of keeping to it');
	if (tries.length === 1) return last;
	const matching = tries.filter(({ result }) => result.ok);
	const [first] = matching;
	if (first === undefined) return refuse(SEVERAL, ...(last.ok ? [] : last.problems));
	const values = new Set(
		matching.map(({ result }) => JSON.stringify(result.ok ? result.value : null)),
	);
	const isTried = tries.some(({ node, result }) => !result.ok && haveSameNames(node, first.node));
	return values.size > 1 || isTried ? refuse(SEVERAL) : first.result;
}

/** Broken JSON outside of the fence that holds the answer is none of it. */
function isAside({ isFenced }: Stretch, stretches: Stretch[]): boolean {
	return !isFenced && stretches.some((other) => other.isFenced && other.reading.ok);
}

/** Whether the answer begins with a value, and words come behind it. */
function isFirstAlone([first]: Stretch[]): boolean {
	return first?.start === 0 && first.reading.ok;
}

/** Whether the value is a JSON Schema by its looks. */
function looksLikeSchema(node: JsonNode): boolean {
	const value = toValue(node);
	return isRecord(value) && isRecord(value.properties) && ('type' in value || '$schema' in value);
}

/** Whether the model wrote down the schema, filled in or not, where the schema itself is not of schemas. */
function isEchoOf(schema: unknown, node: JsonNode): boolean {
	const ofSchemas =
		isRecord(schema) && isRecord(schema.properties) && 'properties' in schema.properties;
	return !ofSchemas && looksLikeSchema(node);
}

/** Whether two objects have the same members: one is another try of the same. */
function haveSameNames(one: JsonNode, other: JsonNode): boolean {
	if (one.type !== 'object' || other.type !== 'object') return false;
	const names = new Set(one.members.map(({ name }) => name));
	return (
		one.members.length === other.members.length &&
		other.members.every(({ name }) => names.has(name))
	);
}

function refuse(...problems: string[]): Fit<never> {
	return { ok: false, problems };
}

function lastLineOf(text: string): string {
	const rest = text.trimEnd();
	return rest.slice(rest.lastIndexOf('\n') + 1);
}
