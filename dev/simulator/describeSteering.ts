/** How to make a running simulator slow or faulty, for a person at a terminal. `url` is its base URL. */
export function describeSteering(url: string): string {
	const admin = new URL('/admin', url).href;
	return `
  Steer the simulator by a line in a message, or from a terminal (names: dev/simulator/settings.ts):
    #sim {"latencyMs": 5000, "tokensPerSecond": 20}
    #sim {"fault": {"status": 529, "times": 2}}
    curl -d '{"faultRates": {"status500": 0.1, "streamReset": 0.05}}' ${admin}/settings
    curl -d '{"rateLimit": {"kind": "fixed", "requests": 20, "windowMs": 60000}}' ${admin}/settings
    curl -X POST ${admin}/reset
`;
}
