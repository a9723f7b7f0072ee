import { isRecord } from '../json/isRecord';
import { readLabel } from '../json/readLabel';
import type { WireChoice } from '../wireTypes';

/** Finish reasons of an answer that its server gave up, in any spelling; seen among many servers. */
const ABNORMAL =
	/^(?:\w{1,40}_)?(?:error|abort|aborted|cancel|cancelled|canceled|fail|failed|failure|timeout|timed_out|exception|interrupted|disconnected|overloaded|insufficient_system_resource|malformed_function_call)$/;

/**
 * Why an answer ended that was not finished: its finish reason, or the provider's own behind a gateway.
 * Null for an answer that is whole, that was cut off by a limit, or that has not ended.
 */
export function abnormalFinish(choice: WireChoice): string | null {
	for (const sent of [choice.finish_reason, choice.native_finish_reason]) {
		// SGLang's own reasons are objects: `{"type": "abort", "message": "…"}`.
		const reason = readLabel(isRecord(sent) ? sent.type : sent)?.trim() ?? '';
		if (ABNORMAL.test(reason.toLowerCase().replaceAll(/[ -]/g, '_'))) return reason.slice(0, 60);
	}
	return null;
}
