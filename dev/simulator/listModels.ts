import type { JsonObject } from './json.ts';
import { models } from './models.ts';
import type { SimulatorSettings } from './settings.ts';

/** GET /v1/models: https://platform.minimax.io/docs/api-reference/models/openai/list-models */
export function listModels(settings: SimulatorSettings): JsonObject {
	if (settings.mode === 'minimax') {
		const listed = models.filter(({ listed }) => listed);
		return {
			object: 'list',
			data: listed.map(({ id, created }) => ({
				id,
				object: 'model',
				created,
				owned_by: 'minimax',
			})),
		};
	}
	const served = settings.models ?? ['MiniMaxAI/MiniMax-M2'];
	return {
		object: 'list',
		data: served.map((id) => ({
			id,
			object: 'model',
			created: 1_761_523_200,
			owned_by: settings.mode,
			root: id,
			parent: null,
			max_model_len: 196_608,
		})),
	};
}
