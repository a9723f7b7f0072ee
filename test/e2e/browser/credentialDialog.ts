import type { Page } from 'playwright-core';

/** Goes the way of a person from the list of credentials to the empty dialog of one type. */
export async function openNewCredential(page: Page, url: string, typeName: string): Promise<void> {
	await page.goto(`${url}/home/credentials`);
	await page.getByTestId('add-resource-credential').click();
	await page.getByPlaceholder('Search for app...').fill(typeName);
	await page
		.getByTestId('new-credential-type-select-option')
		.getByText(typeName, { exact: true })
		.click();
	await page.getByTestId('new-credential-type-button').click();
	await page.getByTestId('credential-edit-dialog').waitFor();
}

export async function fillField(page: Page, name: string, value: string): Promise<void> {
	await page.getByTestId(`parameter-input-${name}`).locator('input').first().fill(value);
}

export async function chooseOption(page: Page, name: string, option: string): Promise<void> {
	await page.getByTestId(`parameter-input-${name}`).locator('input').first().click();
	await page.getByRole('option', { name: option }).first().click();
}

/** Saves, which tests the credential, and returns the words shown above the fields. */
export async function saveCredential(page: Page): Promise<string> {
	const tested = page.waitForResponse((response) =>
		response.url().endsWith('/rest/credentials/test'),
	);
	await page.getByTestId('credential-save-button').click();
	await tested;
	const details = page.getByText('More details');
	const banner = page.getByText(/Connection tested successfully|Couldn’t connect/).first();
	await banner.waitFor();
	if (await details.isVisible()) await details.click();
	return await page.getByTestId('credential-edit-dialog').innerText();
}
