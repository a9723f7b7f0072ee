import { InvalidInput, type Place } from '../failure/invalidInput';
import { findModel, KNOWN_MODELS } from '../models';

/** Documented roles: https://platform.minimax.io/docs/api-reference/text-chat-openai */
const ROLES = ['system', 'user', 'assistant', 'tool'];

/**
 * The role as the API takes it: in lower case, `developer` as `system`. Roles of M2-her are left to it and
 * to models that are not known here.
 *
 * @param place of the message
 * @throws InvalidInput that lists the right ones
 */
export function checkRole(value: unknown, modelId: string, place: Place): string {
	const given = typeof value === 'string' ? value.trim() : '';
	const role = given.toLowerCase() === 'developer' ? 'system' : given.toLowerCase();
	const model = findModel(modelId);
	const special = model?.extraRoles ?? KNOWN_MODELS.flatMap(({ extraRoles }) => extraRoles);
	const right = [...ROLES, ...special];
	if (right.includes(role)) return role;

	const list = `The role has to be one of: ${right.join(', ')}.`;
	if (given === '') throw new InvalidInput('has no role', list, place);
	const owner = KNOWN_MODELS.find(({ extraRoles }) => extraRoles.includes(role));
	throw new InvalidInput(
		model === undefined
			? `has the role '${given}', which MiniMax does not know`
			: `has the role '${given}', which ${model.id} does not know`,
		owner === undefined ? list : `${list} '${role}' is a role of ${owner.id}.`,
		place,
	);
}
