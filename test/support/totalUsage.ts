import type { TokenUsage } from '../../nodes/minimax/completion';
import { noUsage } from './noUsage';

/** The usage of a server that reports only the total. */
export const totalUsage = (totalTokens: number): TokenUsage => ({ ...noUsage, totalTokens });
