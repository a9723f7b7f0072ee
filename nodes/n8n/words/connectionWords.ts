import type { FailureCause } from '../../minimax/failure/causes';
import { LONGEST_EVENT } from '../../minimax/reply/readEvents';
import { checkAddress, checkNetwork, sendAgain } from './advice';
import type { Say } from './context';

/**
 * The connection and the reply. None quotes what was received: it may hold the user's data, and n8n stores
 * and logs messages. The system's own words stay out as well: n8n replaces a message that holds one of
 * them by a stock sentence.
 */
export const connectionWords = {
	stopped: () => ({
		message: 'The request was stopped before the reply was complete',
		description: 'Run the workflow again if you did not stop it.',
	}),
	'reply-too-late': ({ server, panel }) => ({
		message: `No complete reply came from ${server} in time`,
		description: panel.cameTooLate,
	}),
	'connection-refused': (subject) => ({
		message: `No connection to ${subject.server} could be made`,
		description: checkNetwork(subject),
	}),
	'host-unknown': isNotFound,
	'name-service-down': isNotFound,
	'encryption-failed': ({ server, isCustom }) => ({
		message: `No secure connection to ${server} could be made`,
		description: isCustom
			? "Check whether 'Base URL' has to start with http:// or https://, and that n8n's machine trusts the server's certificate."
			: 'Check for a proxy that opens encrypted traffic; n8n has to trust its certificate.',
	}),
	'connection-cut': ({ server, panel }) => ({
		message: `The connection to ${server} broke off in the middle of the reply`,
		description: `Run ${panel.unit} again. If it happens often, a proxy may be cutting long connections.`,
	}),
	'connection-closed': (subject) => {
		const check = checkNetwork(subject);
		return {
			message: `The connection to ${subject.server} closed before a reply came`,
			description: `Run ${subject.panel.unit} again. If it happens often: ${check.charAt(0).toLowerCase()}${check.slice(1)}`,
		};
	},
	'no-reply': (subject) => {
		const check = checkNetwork(subject);
		const { reported } = subject.verdict;
		return {
			message: `No reply came from ${subject.server}`,
			description: reported ? `${check} n8n reported: “${reported}”` : check,
		};
	},

	'reply-empty': (subject) => ({
		message: `${subject.Server} sent an empty reply`,
		description: sendAgain(subject),
	}),
	'reply-is-web-page': (subject) => ({
		message: `${subject.Server} sent a web page instead of a completion`,
		description: checkAddress(subject),
	}),
	'reply-is-no-completion': (subject) => ({
		message: `${subject.Server} sent a reply that is no completion`,
		description: checkAddress(subject),
	}),
	'body-malformed': () => ({
		message: 'The reply is not valid JSON, or it was cut short',
		description:
			'Run the workflow again. If it happens often, a proxy or gateway may be changing or cutting the reply.',
	}),
	'event-malformed': () => ({
		message: 'The reply holds a piece that is not valid JSON',
		description:
			'Run the workflow again. If it happens often, a proxy or gateway may be changing the reply.',
	}),
	'event-too-long': () => ({
		message: `One piece of the reply is longer than ${Math.round(LONGEST_EVENT / (1024 * 1024))} MB`,
		description:
			'This is no chat completion. Look for a proxy or gateway that changes replies on their way.',
	}),
	'reply-too-long': ({ panel }) => ({
		message: 'The reply is longer than any answer of a model',
		description: panel.tooLong,
	}),
	'ended-abnormally': ({ Server, verdict, panel }) => ({
		message: `${Server} gave up on the answer (finish reason ${verdict.reported})`,
		description: panel.endedEarly,
	}),
	'ended-early': ({ panel }) => ({
		message: 'The reply ended before the model was finished',
		description: panel.endedEarly,
	}),
	'went-silent': ({ Server, verdict, panel }) => ({
		message: `${Server} sent nothing ${describeSilence(verdict.silenceMs ?? null)}`,
		description: panel.wentSilent,
	}),
	'broke-off': ({ server, panel }) => ({
		message: `The connection to ${server} broke off in the middle of the reply`,
		description: panel.brokeOff,
	}),
} satisfies Partial<Record<FailureCause, Say>>;

function isNotFound(subject: Parameters<Say>[0]): ReturnType<Say> {
	return {
		message: `The network address of ${subject.server} could not be looked up`,
		description: checkNetwork(subject),
	};
}

function describeSilence(milliseconds: number | null): string {
	if (milliseconds === null) return 'longer than the timeout';
	if (milliseconds < 1000) return `for ${milliseconds} ms`;
	const seconds = Math.round(milliseconds / 1000);
	return seconds === 1 ? 'for 1 second' : `for ${seconds} seconds`;
}
