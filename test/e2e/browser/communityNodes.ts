import type { Page } from 'playwright-core';

// npm runs several times for each of these, on a machine that may be busy.
const patience = { timeout: 120_000 };

export async function openCommunityNodes(page: Page, url: string): Promise<void> {
	await page.goto(`${url}/settings/community-nodes`);
	await page
		.getByText(/Install a community node|n8n-nodes-/)
		.first()
		.waitFor(patience);
}

/** Fills and confirms the dialog for installing; resolves once n8n says that it has done it. */
export async function installInBrowser(
	page: Page,
	name: string,
	onFilled: () => Promise<void>,
): Promise<void> {
	await page.getByRole('button', { name: 'Install a community node' }).click();
	await page.getByPlaceholder('e.g. n8n-nodes-chatwork').fill(name);
	await page.getByTestId('user-agreement-checkbox').click();
	await onFilled();
	await page.getByTestId('install-community-package-button').click();
	await waitForNotice(page, 'Package installed');
}

export async function updateInBrowser(page: Page): Promise<void> {
	const card = page.getByTestId('community-package-card');
	await card.getByRole('button', { name: 'Update' }).click();
	await page.getByRole('button', { name: 'Confirm update' }).click();
	await waitForNotice(page, 'Package updated');
}

export async function uninstallInBrowser(page: Page): Promise<void> {
	await page.getByTestId('community-package-card').getByTestId('action-toggle').click();
	await page.getByText('Uninstall package').click();
	await page.getByRole('button', { name: 'Confirm uninstall' }).click();
	await waitForNotice(page, 'Package uninstalled');
}

async function waitForNotice(page: Page, expected: string): Promise<void> {
	const notice = page
		.getByRole('alert')
		.filter({ hasText: new RegExp(`${expected}|Error|Problem|not compatible`) })
		.last();
	await notice.waitFor(patience);
	const words = await notice.innerText();
	if (!words.includes(expected)) throw new Error(`n8n says: ${words}`);
}
