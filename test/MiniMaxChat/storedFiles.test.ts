import type { IBinaryData } from 'n8n-workflow';

import { startSimulator, type Simulator } from '../../dev/simulator/startSimulator.ts';
import { openStoredFiles, type StoredFiles } from '../support/engine/storedFiles';
import {
	apiErrorOf,
	jsonOf,
	onlyItem,
	runChat,
	textOfEachItem,
	type ChatSetup,
} from '../support/runChat';

let simulator: Simulator;
let files: StoredFiles;
beforeAll(async () => {
	files = await openStoredFiles();
	simulator = await startSimulator();
});
afterEach(() => simulator.reset());
afterAll(async () => {
	await simulator.close();
	files.close();
});

const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
const otherPng = Buffer.concat([png, Buffer.from('other')]);
const mp4 = Buffer.from('\0\0\0\x20ftypisom\0\0\x02\0isomiso2avc1mp41', 'latin1');
const image = { values: [{ source: 'binary', binaryProperty: 'photo' }] };

const itemOf = (photo: IBinaryData, text = 'What is this?') => ({
	json: { text },
	binary: { photo },
});
const setupFor = (photos: IBinaryData[], more: ChatSetup = {}): ChatSetup => ({
	items: photos.map((photo) => itemOf(photo)),
	rows: textOfEachItem,
	parameters: { model: { mode: 'id', value: 'MiniMax-M3' } },
	...more,
	options: { images: image, maxConcurrency: 1, ...more.options },
});
const sentUrls = () =>
	simulator.requests.map(({ body }) => /"url":"([^"]*)"/.exec(JSON.stringify(body))?.[1]);

it('sends a file that n8n keeps on disk', async () => {
	const photo = await files.store(png, 'image/png');
	expect(photo.id).toMatch(/^filesystem-v2:/);
	expect(photo.data).not.toBe(png.toString('base64'));
	simulator.script({ reply: 'A dot.' });

	expect(onlyItem(await runChat(simulator, setupFor([photo]))).content).toBe('A dot.');
	expect(sentUrls()).toEqual([`data:image/png;base64,${png.toString('base64')}`]);
});

it.each(['application/octet-stream', 'binary/octet-stream', 'image/*', ''])(
	'knows it by its first bytes where its label says nothing: %j',
	async (label) => {
		await runChat(simulator, setupFor([await files.store(png, label)]));
		expect(sentUrls()).toEqual([`data:image/png;base64,${png.toString('base64')}`]);
	},
);

it('refuses what its bytes show to be of another kind, and sends nothing more', async () => {
	const photos = [
		await files.store(mp4, 'application/octet-stream'),
		await files.store(png, 'image/png'),
	];
	const { error } = await runChat(simulator, setupFor(photos));

	expect(error?.message).toBe(
		"'Images', entry 1: a file of the type video/mp4 cannot be read [row 1, item 0 in n8n]",
	);
	expect(simulator.requests).toEqual([]);
});

it('tells requests apart by what is in the file, not by its ID', async () => {
	const refusal = { fault: { code: 1026 } };
	const workflowId = 'stored-files';
	simulator.script({ reply: 'First' }, refusal);
	const failed = await runChat(
		simulator,
		setupFor([await files.store(png, 'image/png'), await files.store(otherPng, 'image/png')], {
			workflowId,
		}),
	);
	simulator.script(refusal);
	const withOther = await runChat(
		simulator,
		setupFor([await files.store(mp4.subarray(4), 'image/png')], { workflowId }),
	);
	simulator.script({ reply: 'Second' });
	const again = await runChat(
		simulator,
		// n8n may store the same file a second time: another ID.
		setupFor([await files.store(png, 'image/png'), await files.store(otherPng, 'image/png')], {
			workflowId,
		}),
	);

	expect(apiErrorOf(failed).description).toContain('1 of 2 answers are kept');
	expect(withOther.error).toBeDefined();
	expect(jsonOf(again.outputs[0]).map(({ content, reused }) => [content, reused === true])).toEqual(
		[
			['First', true],
			['Second', false],
		],
	);
	expect(simulator.requests).toHaveLength(2 + 1 + 1);
});

it('keeps an answer also where the file is gone by then', async () => {
	const first = await files.store(png, 'image/png');
	const workflowId = 'files-gone';
	simulator.script({ reply: 'First' }, { fault: { code: 1026 } });
	const failed = await runChat(
		simulator,
		setupFor([first, await files.store(otherPng, 'image/png')], { workflowId }),
	);

	// Its content was noted as it was sent: nothing has to be loaded to keep the answer.
	expect(apiErrorOf(failed).description).toContain('1 of 2 answers are kept');
});

it('asks once for rows with the same file', async () => {
	const photos = [
		await files.store(png, 'image/png'),
		await files.store(png, 'image/png'),
		await files.store(otherPng, 'image/png'),
	];
	const { outputs } = await runChat(
		simulator,
		setupFor(photos, { options: { identicalRows: 'once' } }),
	);

	expect(jsonOf(outputs[0]).map(({ reused }) => reused === true)).toEqual([false, true, false]);
	expect(simulator.requests).toHaveLength(2);
});
