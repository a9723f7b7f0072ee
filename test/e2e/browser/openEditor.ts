import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, selectors } from 'playwright-core';
import type { Page } from 'playwright-core';
import type { Login } from '../../../dev/n8n/openSession.ts';
import { findProgram } from '../debianPackages.ts';
import { recordNetwork } from './recordNetwork.ts';
import type { NetworkLog } from './recordNetwork.ts';

/** n8n's editor in Chromium, with its owner signed in. */
export interface Editor {
	page: Page;
	network: NetworkLog;
	/** Keeps what is on the screen, light and dark. */
	picture: (name: string) => Promise<void>;
	openWorkflow: (id: string) => Promise<void>;
	close: () => Promise<void>;
}

selectors.setTestIdAttribute('data-test-id');

const quietArguments = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];

export async function openEditor(
	url: string,
	login: Login,
	picturesFolder: string,
): Promise<Editor> {
	const browser = await chromium.launch({
		executablePath: findProgram('chromium'),
		args: quietArguments,
	});
	const page = await browser.newPage({
		viewport: { width: 1440, height: 900 },
		colorScheme: 'light',
		permissions: ['clipboard-read', 'clipboard-write'],
	});
	// Beside other work a page of the editor has been seen to take 20 s.
	page.setDefaultTimeout(60_000);
	const network = recordNetwork(page);
	mkdirSync(picturesFolder, { recursive: true });

	await page.goto(`${url}/signin`);
	await page.locator('input[name=emailOrLdapLoginId]').fill(login.email);
	await page.locator('input[type=password]').fill(login.password);
	await page.keyboard.press('Enter');
	await page.waitForURL((address) => !address.pathname.includes('signin'));

	return {
		page,
		network,
		async picture(name) {
			for (const colorScheme of ['dark', 'light'] as const) {
				await page.emulateMedia({ colorScheme });
				await page.screenshot({
					path: join(picturesFolder, `${name}.${colorScheme}.png`),
					caret: 'hide',
					style: '.el-notification { visibility: hidden }',
				});
			}
		},
		async openWorkflow(id) {
			await page.goto(`${url}/workflow/${id}`);
			await page.getByTestId('canvas-node').first().waitFor();
		},
		async close() {
			await browser.close();
		},
	};
}
