import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { readNodeItems } from '../../../dev/n8n/readNodeItems.ts';
import { eventOf, startScriptedServer, type Script } from '../../../dev/simulator/scriptedServer.ts';
import { buildWorkflow, chat, chatName, webhook } from '../buildWorkflow.ts';
import { credentialFor } from '../openServer.ts';
import { openWebhook } from '../openWebhook.ts';
import { splitRows } from '../splitRows.ts';
import { seconds } from './ground.ts';
import type { SoakCheck } from './ground.ts';
import { readResident } from './measureMemory.ts';

const TIMEOUT_MS = 3000;
const EVENTS = { 'content-type': 'text/event-stream' };

/** Some 460 million characters of answer in 1.7 MB: 76 compressed streams, which read as one. */
const event = eventOf({ delta: { content: '\u4e2d'.repeat(60_000) } });
const bomb = Buffer.concat(Array<Buffer>(76).fill(gzipSync(event.repeat(100))));

/** Servers that answer as none should; every row has to end in words, and n8n has to live on. */
export const resistServers: SoakCheck[] = [
	resist('HTTP 101', 60, (_response, socket) => {
		socket.write('HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n');
	}),
	resist('pings without end', 60, (response) => {
		response.writeHead(200, EVENTS);
		const timer = setInterval(() => response.write(': ping\n\n'), 100);
		response.on('close', () => clearInterval(timer));
	}),
	resist(
		`answers of ${(bomb.length / 1e6).toFixed(1)} MB that stand for 1.4 GB`,
		10,
		(response) => {
			response.writeHead(200, { ...EVENTS, 'content-encoding': 'gzip' }).end(bomb);
		},
	),
];

function resist(what: string, count: number, misbehave: Script): SoakCheck {
	return {
		name: `${count} rows answered with ${what}`,
		async measure({ server }) {
			let isSound = false;
			const hostile = await startScriptedServer((response, ...rest) => {
				const answer = eventOf({ delta: { content: 'Sound again.' }, finish_reason: 'stop' });
				if (isSound) response.writeHead(200, EVENTS).end(answer);
				else misbehave(response, ...rest);
			});
			try {
				const credential = await server.user.createCredential(credentialFor(hostile.url));
				const path = `resist-${what.replace(/\W+/g, '-')}`;
				const settings = {
					onError: 'continueErrorOutput',
					options: { maxRetries: 0 },
					parameters: { requestOptions: { timeout: TIMEOUT_MS } },
				};
				const steps = [webhook(path, 'onReceived'), splitRows(), chat(credential, settings)];
				const batch = await openWebhook(server, buildWorkflow(path, steps), path);
				const rows = { rows: Array.from({ length: count }, (_, row) => ({ text: `Row ${row}` })) };
				const { pid = 0 } = server.n8n;
				let peak = readResident(pid);
				const before = peak;
				const watch = setInterval(() => (peak = Math.max(peak, readResident(pid))), 50);
				const startedAt = performance.now();
				const execution = await batch.run(rows);
				const took = seconds(startedAt);
				clearInterval(watch);
				const failed = readNodeItems(execution, chatName, 1);
				assert.equal(failed.length, count, execution.error?.message);
				isSound = true;
				const again = await batch.run(rows);
				assert.equal(readNodeItems(again, chatName).length, count);
				const words = String(failed[0]?.json['error']).replace(/ \[row [^\]]+\]/, '');
				return `all end in ${took}: “${words}”; memory ${before.toFixed(0)} MB before, ${peak.toFixed(0)} MB at most; the next batch ${count} of ${count}`;
			} finally {
				await hostile.close();
			}
		},
	};
}
