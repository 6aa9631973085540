import { findDates } from '../../dating';

export interface DateAt {
	/** ISO date. */
	value: string;
	start: number;
	end: number;
}

/** Dates of a text that can mean one day only. */
export function readDates(text: string): DateAt[] {
	return findDates(text).flatMap(({ value, start, end }) => (value === undefined ? [] : [{ value, start, end }]));
}
