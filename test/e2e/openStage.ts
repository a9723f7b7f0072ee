import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installN8n } from '../../dev/n8n/installN8n.ts';
import type { N8nRuntime } from '../../dev/n8n/installN8n.ts';
import { openScene } from './openScene.ts';
import type { Scene, SceneOptions } from './openScene.ts';
import { buildAndPack } from '../../dev/n8n/buildAndPack.ts';

const repository = join(import.meta.dirname, '..', '..');

/** What all suites share: the installed n8n, the packed package, where pictures and logs go. */
export interface Stage {
	repository: string;
	runtime: N8nRuntime;
	/** The package as it would be published. */
	tarball: string;
	/** Kept after the run, not in git. */
	artifacts: string;
	/** A new n8n with the package, a simulator and a signed-in owner; closed with the suite. */
	openScene: (name: string, options?: SceneOptions) => Promise<Scene>;
	/** A folder outside the repository, gone after the run. */
	makeFolder: (name: string) => string;
	/** Has something done when the suite ends, the latest first. */
	defer: (work: () => Promise<unknown>) => void;
	closeScenes: () => Promise<void>;
	keepPictures: (name: string) => Promise<void>;
	close: () => Promise<void>;
}

/** @param packed an already packed package to check instead of this repository's */
export async function openStage(packed?: string): Promise<Stage> {
	const runtime = await installN8n();
	const artifacts = join(repository, 'artifacts', 'e2e');
	rmSync(artifacts, { recursive: true, force: true });
	mkdirSync(artifacts, { recursive: true });
	// Not in the repository, whose node_modules would lend packages that a user's n8n does not have.
	const folder = mkdtempSync(join(tmpdir(), 'n8n-e2e-'));
	const tarball = packed ?? (await buildAndPack(repository, folder));

	let scenes: Scene[] = [];
	let deferred: Array<() => Promise<unknown>> = [];
	const stage: Stage = {
		repository,
		runtime,
		tarball,
		artifacts,
		makeFolder(name) {
			const made = join(folder, name);
			mkdirSync(made, { recursive: true });
			return made;
		},
		defer: (work) => void deferred.push(work),
		async openScene(name, options) {
			const scene = await openScene(stage, name, options);
			scenes.push(scene);
			stage.defer(async () => {
				await scene.close();
				if (existsSync(scene.logFile)) {
					copyFileSync(scene.logFile, join(artifacts, `${name}.n8n.log`));
				}
			});
			return scene;
		},
		async closeScenes() {
			for (const work of deferred.reverse()) await work();
			scenes = [];
			deferred = [];
		},
		async keepPictures(name) {
			const fileName = name.replace(/[^a-z0-9]+/gi, '-').slice(0, 80);
			for (const scene of scenes) await scene.keepPictures(join(artifacts, `failed-${fileName}`));
		},
		async close() {
			await stage.closeScenes();
			rmSync(folder, { recursive: true, force: true });
		},
	};
	return stage;
}
