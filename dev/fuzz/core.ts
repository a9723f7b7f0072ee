/** What of the package the fuzzer drives: a reply's whole way to an item or to words. */
export { completionToItem, rawItem } from '../../nodes/minimax/reply/completionToItem';
export { readCompletion } from '../../nodes/minimax/reply/readCompletion';
export { watchSilence } from '../../nodes/minimax/reply/watchSilence';
export { putIntoWords } from '../../nodes/n8n/words/putIntoWords';
