import { PackageDirectoryLoader } from 'n8n-core';
import type { ICredentialType, INodeType, KnownNodesAndCredentials } from 'n8n-workflow';

export interface LoadedPackage {
	/** Class names and source paths by type name, as n8n lists them. */
	known: KnownNodesAndCredentials;
	/** Instances by type name, ready for `runNode`. */
	nodes: Record<string, INodeType>;
	credentials: Record<string, ICredentialType>;
}

/** Loads an installed package with the loader n8n uses for community packages. */
export async function loadPackage(folder: string): Promise<LoadedPackage> {
	const loader = new PackageDirectoryLoader(folder);
	await loader.loadAll();
	const nodes: Record<string, INodeType> = {};
	for (const [name, { type }] of Object.entries(loader.nodeTypes)) {
		if ('nodeVersions' in type) throw new Error(`'${name}' is versioned; pick a version first`);
		nodes[name] = type;
	}
	const credentialTypes = Object.entries(loader.credentialTypes);
	const credentials = Object.fromEntries(credentialTypes.map(([name, { type }]) => [name, type]));
	return { known: loader.known, nodes, credentials };
}
