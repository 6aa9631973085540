import { localTime } from '../person/local-time';
import type { PolicyDocument } from '../schema';

/** Why an instant lies outside the policy's working hours; undefined where it lies within, or the policy has none. */
export function outsideOfficeHours({ calendar, zone }: PolicyDocument, instant: string): string | undefined {
	if (calendar === undefined) return undefined;
	const { date, time, weekday } = localTime(instant, zone);
	if (calendar.holidays?.includes(date)) return `${date} is a holiday`;
	if (!calendar.days.some((day) => day === weekday)) return `${weekday} ${date} is no working day`;
	const { from, to } = calendar;
	const within = from <= to ? from <= time && time < to : time >= from || time < to;
	return within ? undefined : `${time} in ${zone} is outside ${from} to ${to}`;
}
