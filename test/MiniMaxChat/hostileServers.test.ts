import { gzipSync } from 'node:zlib';

import {
	eventOf,
	startScriptedServer,
	type Script,
	type ScriptedServer,
} from '../../dev/simulator/scriptedServer.ts';
import { apiErrorOf, jsonOf, runChat, textOfEachItem } from '../support/runChat';

jest.setTimeout(30_000);

const servers: ScriptedServer[] = [];

afterEach(async () => {
	for (const server of servers.splice(0)) await server.close();
});

async function serve(script: Script): Promise<ScriptedServer> {
	const server = await startScriptedServer(script);
	servers.push(server);
	return server;
}

const EVENTS = { 'content-type': 'text/event-stream' };
const ANSWER = eventOf({ delta: { content: 'Fine.' }, finish_reason: 'stop' });
const once = { maxRetries: 0 };
const parameters = { requestOptions: { timeout: 300 } };

describe('one of 30 rows is refused inside of a reply', () => {
	const items = Array.from({ length: 30 }, (_, at) => ({ text: `Row ${at}` }));
	const answer = (response: Parameters<Script>[0]) => response.writeHead(200, EVENTS).end(ANSWER);

	test.each<[string, string, string]>([
		[
			'429, in a stream',
			'text/event-stream',
			'data: {"error":{"code":429,"message":"slow down"}}\n\n',
		],
		[
			'503, in a stream',
			'text/event-stream',
			'data: {"error":{"code":"503","message":"queue is full"}}\n\ndata: [DONE]\n\n',
		],
		[
			'429, in JSON',
			'application/json',
			'{"type":"error","error":{"http_code":"429","message":"slow down"}}',
		],
		['503, in JSON', 'application/json', '{"object":"error","code":503,"message":"try later"}'],
		[
			'529, by an event of its name',
			'text/event-stream',
			'event: error\ndata: {"type":"overloaded_error","message":"busy"}\n\n',
		],
		[
			'a finish reason',
			'text/event-stream',
			eventOf({ delta: {}, finish_reason: 'network_error' }),
		],
	])('%s: 30 items come back', async (_name, type, body) => {
		const server = await serve((response, _socket, request) => {
			if (request === 7) response.writeHead(200, { 'content-type': type }).end(body);
			else answer(response);
		});
		const { outputs, error } = await runChat(server, {
			baseUrl: server.url,
			items,
			rows: textOfEachItem,
		});

		expect(error).toBeUndefined();
		expect(jsonOf(outputs[0]).map(({ content }) => content)).toEqual(Array(30).fill('Fine.'));
		expect(server.requests).toHaveLength(31);
	});

	test('401: the run stops at once, with its words', async () => {
		const server = await serve((response) => {
			response.writeHead(200, EVENTS).end('data: {"error":{"code":401,"message":"who?"}}\n\n');
		});
		const result = await runChat(server, {
			baseUrl: server.url,
			items,
			rows: textOfEachItem,
			options: { maxConcurrency: 1 },
		});
		expect(apiErrorOf(result)).toMatchObject({
			message: expect.stringContaining("The server behind 'Base URL' did not accept the API key"),
			httpCode: '401',
		});
		expect(server.requests).toHaveLength(1);
	});
});

describe('nothing holds a request beyond its timeout', () => {
	const endless = (response: Parameters<Script>[0], piece: string) => {
		const timer = setInterval(() => response.write(piece), 20);
		response.on('close', () => clearInterval(timer));
	};

	test.each<[string, Script, RegExp]>([
		[
			'HTTP 101',
			(_response, socket) =>
				socket.write(
					'HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n',
				),
			/^No complete reply came .* in time$/,
		],
		[
			'endless pings before the answer',
			(response) => endless(response.writeHead(200, EVENTS), ': ping\n\n'),
			/ sent nothing for 300 ms$/,
		],
		[
			'endless pings in the middle of the answer',
			(response) => {
				response.writeHead(200, EVENTS).write(eventOf({ delta: { content: 'Half' } }));
				endless(response, ': ping\n\n');
			},
			/ sent nothing for 300 ms$/,
		],
		[
			'endless events that say nothing',
			(response) => endless(response.writeHead(200, EVENTS), eventOf({ delta: { content: '' } })),
			/ sent nothing for 300 ms$/,
		],
		[
			'a line that drips',
			(response) => {
				response.writeHead(200, EVENTS).write('data: ');
				endless(response, 'x');
			},
			/ sent nothing for 300 ms$/,
		],
		[
			'blanks that drip',
			(response) => endless(response.writeHead(200), ' '),
			/ sent nothing for 300 ms$/,
		],
		[
			'blanks in front of a refusal',
			(response) => endless(response.writeHead(500), '\n'),
			/ reported an internal fault \(HTTP 500\)$/,
		],
	])('%s', async (_name, script, message) => {
		const server = await serve(script);
		const setup = { baseUrl: server.url, parameters, options: { ...once, maxConcurrency: 1 } };
		expect(apiErrorOf(await runChat(server, setup)).message).toMatch(message);
	});

	test('50 requests answered with HTTP 101 give their places back', async () => {
		const server = await serve((response, socket, request) => {
			if (request >= 50) response.writeHead(200, EVENTS).end(ANSWER);
			else
				socket.write(
					'HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n',
				);
		});
		const items = Array.from({ length: 60 }, (_, at) => ({ text: `Row ${at}` }));
		const { outputs } = await runChat(server, {
			baseUrl: server.url,
			items,
			rows: textOfEachItem,
			parameters: { requestOptions: { timeout: 1000 } },
			options: once,
			onError: 'continueRegularOutput',
		});
		// 50 go at once: the last ten are sent only once others have given up.
		expect(outputs[0]).toHaveLength(60);
		expect(server.requests).toHaveLength(60);
	});

	test('what had arrived before the silence is kept', async () => {
		const server = await serve((response) => {
			response.writeHead(200, EVENTS).write(eventOf({ delta: { content: 'Half an ans' } }));
			endless(response, ': ping\n\n');
		});
		const { data } = apiErrorOf(
			await runChat(server, { baseUrl: server.url, parameters, options: once }),
		);
		expect(data).toMatchObject({ partial: { content: 'Half an ans' } });
	});
});

describe('no reply fills the memory', () => {
	test.each<[string, Record<string, string>, () => Buffer, RegExp]>([
		[
			'blanks without end, compressed',
			{},
			() => gzipSync(Buffer.alloc(100 * 1024 * 1024, 0x20)),
			/ sent an empty reply$/,
		],
		[
			'text without end, compressed',
			EVENTS,
			() => {
				const event = eventOf({ delta: { content: '\u4e2d'.repeat(60_000) } });
				return gzipSync(event.repeat(400));
			},
			/^The reply is longer than any answer of a model$/,
		],
		[
			'tool calls without end, compressed',
			EVENTS,
			() => {
				const events = Array.from({ length: 200_000 }, (_, index) =>
					eventOf({ delta: { tool_calls: [{ index, id: `c${index}`, function: { name: 'f' } }] } }),
				);
				return gzipSync(events.join(''));
			},
			/^The reply is longer than any answer of a model$/,
		],
	])('%s', async (_name, headers, make, message) => {
		const body = make();
		const server = await serve((response) => {
			response.writeHead(200, { ...headers, 'content-encoding': 'gzip' }).end(body);
		});
		const before = process.memoryUsage().rss;
		const result = await runChat(server, { baseUrl: server.url, options: once });
		expect(apiErrorOf(result).message).toMatch(message);
		expect(process.memoryUsage().rss - before).toBeLessThan(600 * 1024 * 1024);
	});
});

test.each([
	[-5, "'Timeout' is -5, but has to be between 0 and 2147483647 milliseconds (24 days)"],
	[
		2 ** 31,
		"'Timeout' is 2147483648, but has to be between 0 and 2147483647 milliseconds (24 days)",
	],
])('a timeout of %s is refused before anything is sent', async (timeout, message) => {
	const server = await serve((response) => response.writeHead(200, EVENTS).end(ANSWER));
	const { error } = await runChat(server, {
		baseUrl: server.url,
		parameters: { requestOptions: { timeout } },
	});
	expect(error?.message).toBe(`${message} [row 1, item 0 in n8n]`);
	expect(server.requests).toEqual([]);
});
