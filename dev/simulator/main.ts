import { parseArgs } from 'node:util';
import { parseJson } from './json.ts';
import { readSettings } from './settings.ts';
import { startSimulator } from './startSimulator.ts';

/**
 * `node dev/simulator/main.ts --port 4010 --key sk-simulator --settings '{"latencyMs":300}'`
 * Prints the address on the first line and runs until it is stopped.
 */
const { values } = parseArgs({
	options: {
		port: { type: 'string', default: '4010' },
		host: { type: 'string', default: '127.0.0.1' },
		key: { type: 'string', multiple: true },
		settings: { type: 'string', default: '{}' },
	},
});

const simulator = await startSimulator({
	...readSettings(parseJson(values.settings)),
	port: Number(values.port),
	host: values.host,
	...(values.key && { apiKeys: values.key }),
});
console.log(simulator.url);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
	process.once(signal, () => void simulator.close().then(() => process.exit(0)));
}
