import { setTimeout as sleep } from 'node:timers/promises';

export interface Login {
	email: string;
	password: string;
}

export interface N8nSession {
	url: string;
	/** The `n8n-auth` cookie, for a browser that shall start signed in. */
	cookie: string;
	/** Calls the server with the login. Throws an N8nApiError for every status but 2xx. */
	fetch: (method: string, path: string, body?: unknown) => Promise<Response>;
	/** `fetch` for the editor's own API, whose answers are wrapped in `data`. */
	request: <T>(method: string, path: string, body?: unknown) => Promise<T>;
}

export class N8nApiError extends Error {
	readonly status: number;

	constructor(call: string, status: number, body: string) {
		super(`n8n answered ${status} to ${call}: ${body.slice(0, 500)}`);
		this.status = status;
	}
}

// n8n binds a login to the browser that made it and refuses the cookie with any other id.
const browserId = 'n8n-nodes-minimax-platform';

/**
 * A busy n8n loses sight of its database for a moment and turns calls away before it has looked at them
 * (n8n, abstract-server.js, "Database is not ready!").
 */
const BUSY_TRIES = 60;
const BUSY_WAIT_MS = 500;

/** Signs in as the owner; on a new n8n, makes this login the owner's. */
export async function openSession(url: string, login: Login): Promise<N8nSession> {
	let cookie = '';

	const call = async (method: string, path: string, body?: unknown): Promise<Response> => {
		for (let triesLeft = BUSY_TRIES; ; triesLeft -= 1) {
			const response = await fetch(`${url}${path}`, {
				method,
				headers: {
					'browser-id': browserId,
					...(cookie ? { cookie } : {}),
					...(body === undefined ? {} : { 'content-type': 'application/json' }),
				},
				...(body === undefined ? {} : { body: JSON.stringify(body) }),
			});
			if (response.ok) return response;
			const text = await response.text();
			const isBusy = response.status === 503 && triesLeft > 0;
			if (!isBusy) throw new N8nApiError(`${method} ${path}`, response.status, text);
			await sleep(BUSY_WAIT_MS);
		}
	};
	const read = async <T>(response: Response): Promise<T> => {
		const { data } = (await response.json()) as { data: T };
		return data;
	};

	const settings = await read<{ userManagement: { showSetupOnFirstLoad?: boolean } }>(
		await call('GET', '/rest/settings'),
	);
	const signedIn = settings.userManagement.showSetupOnFirstLoad
		? await call('POST', '/rest/owner/setup', { ...login, firstName: 'Demo', lastName: 'Owner' })
		: await call('POST', '/rest/login', {
				emailOrLdapLoginId: login.email,
				password: login.password,
			});
	cookie = signedIn.headers
		.getSetCookie()
		.map((header) => header.split(';', 1)[0])
		.join('; ');

	return {
		url,
		cookie,
		fetch: call,
		request: async <T>(method: string, path: string, body?: unknown) =>
			await read<T>(await call(method, path, body)),
	};
}
