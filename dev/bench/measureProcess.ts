import { readFileSync, writeFileSync } from 'node:fs';

/** Linux counts CPU time in hundredths of a second on all usual machines (getconf CLK_TCK). */
const MS_PER_TICK = 10;

/** CPU time of the process with all its threads, in milliseconds; without its children. */
export function readCpuMs(pid: number): number {
	const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
	// The command's name, in parentheses, may hold spaces.
	const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
	return (Number(fields[11]) + Number(fields[12])) * MS_PER_TICK;
}

/** Starts the measuring of peak memory anew; see proc(5), clear_refs. */
export function resetPeakMemory(pid: number): void {
	writeFileSync(`/proc/${pid}/clear_refs`, '5');
}

/** Highest resident memory since the reset, in megabytes. */
export function readPeakMb(pid: number): number {
	return readStatusKb(pid, 'VmHWM') / 1024;
}

export function readMemoryMb(pid: number): number {
	return readStatusKb(pid, 'VmRSS') / 1024;
}

function readStatusKb(pid: number, name: string): number {
	const status = readFileSync(`/proc/${pid}/status`, 'utf8');
	return Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1]);
}
