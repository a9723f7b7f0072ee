/** Whose panel shows the words: advice names only fields that are in it. */
export type Panel = 'chat' | 'model';

/** Advice that is not the same for both nodes. */
export interface PanelWords {
	/** What the user can run again. */
	unit: 'the node' | 'the workflow';
	slowDown: string;
	tooManyTokens: string;
	/** Nothing, or no whole answer, came before the timeout. */
	cameTooLate: string;
	/** An answer stopped coming for longer than the timeout. */
	wentSilent: string;
	/** An answer broke off. */
	brokeOff: string;
	endedEarly: string;
	/** An answer did not come to its end. */
	tooLong: string;
	doesNotFit: string;
	rightArguments: string;
	strayToolResult: string;
	/** Without the server: `cannot use …`. */
	unusableTools: string;
	rightTools: string;
	rightRoles: string;
	rightOrder: string;
	noText: string;
}

const CHECK_MESSAGES =
	'Check the messages that the agent or chain sends, those of its memory included: one system message, in the first place, then user and assistant messages.';

const KEPT =
	"With 'On Error' set to Continue, what had arrived is kept in details.partial of the item.";

export const PANELS: Readonly<Record<Panel, PanelWords>> = {
	chat: {
		unit: 'the node',
		slowDown: "Run the node again in a minute, or lower 'Max Concurrency' in the options.",
		tooManyTokens:
			"Shorten the messages or lower 'Max Tokens'; if many requests run at once, lower 'Max Concurrency' in the options.",
		cameTooLate:
			"Raise 'Timeout' under Request Options, lower 'Max Tokens', or leave 'Streaming' on Automatic so that a long answer keeps the connection alive.",
		wentSilent: `Raise 'Timeout' under Request Options, or leave it out for 5 minutes of allowed silence. ${KEPT}`,
		brokeOff: `Run the node again. ${KEPT} If it happens often, raise 'Timeout' under Request Options, or look for a proxy that cuts long connections.`,
		endedEarly: `Run the node again. ${KEPT} If it happens often, a proxy may be cutting long connections.`,
		tooLong: `Lower 'Max Tokens', or look at what answers in the place of the model. ${KEPT}`,
		doesNotFit:
			"Shorten the messages, lower 'Max Tokens', or choose a model with a larger context in 'Model'.",
		rightArguments:
			'In \'Messages (JSON)\', give the arguments of every tool call as the JSON of an object, for example "{}".',
		strayToolResult:
			'Every message with the role tool needs the tool_call_id of a call in the assistant message before it; send both together or leave both out.',
		unusableTools: "what 'Tools' describes",
		rightTools:
			'Every tool needs the type function and a function with name and parameters; give {"type":"object","properties":{}} for a function without parameters.',
		rightRoles:
			'Use the roles system, user, assistant and tool, with one system message, in the first place.',
		rightOrder:
			'Send one system message at most, in the first place, followed by user and assistant messages.',
		noText: 'Check that the expressions in the messages give a text for this item.',
	},
	model: {
		unit: 'the workflow',
		slowDown: 'Run the workflow again in a minute, or let fewer executions run at the same time.',
		tooManyTokens:
			"Shorten what the agent or chain sends or lower 'Max Tokens'; if many executions run at the same time, let fewer of them run.",
		cameTooLate:
			"Run the workflow again. If it happens often, lower 'Max Tokens' or shorten what the agent or chain sends.",
		wentSilent:
			'Run the workflow again. If it happens often, shorten what the agent or chain sends, or look for a proxy that holds replies back.',
		brokeOff:
			'Run the workflow again. If it happens often, look for a proxy that cuts long connections.',
		endedEarly:
			'Run the workflow again. If it happens often, a proxy may be cutting long connections.',
		tooLong: "Lower 'Max Tokens', or look at what answers in the place of the model.",
		doesNotFit:
			"Shorten the prompt, the memory or what the tools return, lower 'Max Tokens', or choose a model with a larger context in 'Model'.",
		rightArguments:
			"The agent's memory may hold a tool call that was cut off: clear it, then run the workflow again.",
		strayToolResult:
			"The agent's memory may begin in the middle of a tool's work: clear it, or raise its 'Context Window Length'.",
		unusableTools: 'one of the connected tools',
		rightTools:
			'Check the name, the description and the parameters of each tool that is connected to the agent.',
		rightRoles: CHECK_MESSAGES,
		rightOrder: CHECK_MESSAGES,
		noText: 'Check that the prompt of the agent or chain gives a text for this item.',
	},
};
