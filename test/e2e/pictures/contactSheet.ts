import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Page } from 'playwright-core';

export interface Picture {
	title: string;
	png: Buffer;
}

/** Lossy, as small text stays readable at it and a sheet of 30 panels takes some hundred kB. */
const QUALITY = 0.6;

/** Lays pictures out in rows, each under its title, and writes them as one WebP file. */
export async function writeContactSheet(
	page: Page,
	path: string,
	pictures: Picture[],
	{ columns, isDark }: { columns: number; isDark: boolean },
): Promise<void> {
	const webp = await page.evaluate(drawSheet, {
		pictures: pictures.map(({ title, png }) => ({ title, png: png.toString('base64') })),
		columns,
		quality: QUALITY,
		ground: isDark ? '#111111' : '#dddddd',
		ink: isDark ? '#eeeeee' : '#222222',
	});
	mkdirSync(dirname(path), { recursive: true });
	writeFileSync(path, Buffer.from(webp, 'base64'));
}

interface Sheet {
	pictures: Array<{ title: string; png: string }>;
	columns: number;
	quality: number;
	ground: string;
	ink: string;
}

/** Runs in the browser, which can write WebP. */
async function drawSheet({ pictures, columns, quality, ground, ink }: Sheet): Promise<string> {
	const gap = 12;
	const titleHeight = 30;
	const images = await Promise.all(
		pictures.map(async ({ png }) => {
			const image = new Image();
			image.src = `data:image/png;base64,${png}`;
			await image.decode();
			return image;
		}),
	);
	const width = Math.max(...images.map((image) => image.width)) + gap;
	const height = Math.max(...images.map((image) => image.height)) + gap + titleHeight;
	const canvas = document.createElement('canvas');
	canvas.width = width * Math.min(columns, images.length) + gap;
	canvas.height = height * Math.ceil(images.length / columns) + gap;
	const context = canvas.getContext('2d');
	if (context === null) throw new Error('The browser gives no canvas.');
	context.fillStyle = ground;
	context.fillRect(0, 0, canvas.width, canvas.height);
	context.fillStyle = ink;
	context.font = 'bold 17px sans-serif';
	for (const [index, image] of images.entries()) {
		const x = gap + (index % columns) * width;
		const y = gap + Math.floor(index / columns) * height;
		context.fillText(pictures[index]?.title ?? '', x, y + 20);
		context.drawImage(image, x, y + titleHeight);
	}
	return canvas.toDataURL('image/webp', quality).split(',')[1] ?? '';
}
