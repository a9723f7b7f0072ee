/** The real API, as the environment of a command names it. */
export interface RealApi {
	apiKey: string;
	/** Where the key was created; a value of the credential's field Region. */
	region: (typeof REGIONS)[number];
}

const REGIONS = ['international', 'china'] as const;

/**
 * Reads MINIMAX_API_KEY and MINIMAX_REGION; undefined without a key, when the simulator answers.
 * @throws Error for a region that does not exist, with or without a key, so that a typing error does
 * not send a key to the wrong address
 */
export function readRealApi(env: NodeJS.ProcessEnv): RealApi | undefined {
	const apiKey = env['MINIMAX_API_KEY']?.trim() ?? '';
	const wanted = env['MINIMAX_REGION']?.trim().toLowerCase() || REGIONS[0];
	const region = REGIONS.find((known) => known === wanted);
	if (region === undefined) {
		throw new Error(
			`MINIMAX_REGION is '${wanted}'. Set it to ${REGIONS.join(' or ')}, the region in which the ` +
				'key was created, or leave it out for international.',
		);
	}
	return apiKey === '' ? undefined : { apiKey, region };
}
