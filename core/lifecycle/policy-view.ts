import type { AttributeValue } from '../model';
import type { TimelineRules } from './types';

/** The part of a policy that reading people needs. A `PolicyDocument` can be passed as it is. */
export interface LifecyclePolicy {
	zone: string;
	attributes?: Readonly<
		Record<
			string,
			{
				type?: string;
				from?: readonly string[];
				aliases?: Readonly<Record<string, AttributeValue>>;
				requiredFor?: string | readonly string[];
				values?: readonly AttributeValue[];
			}
		>
	>;
}

/** How a policy reads attributes, as known at one moment. */
export function timelineRules(policy: LifecyclePolicy, knownAt: string): TimelineRules {
	const attributes = Object.entries(policy.attributes ?? {});
	return {
		knownAt,
		zone: policy.zone,
		authority: new Map(attributes.flatMap(([name, { from }]) => (from?.length ? [[name, from] as const] : []))),
		aliases: new Map(
			attributes.flatMap(([name, { aliases }]) =>
				aliases === undefined ? [] : [[name, new Map(Object.entries(aliases))] as const],
			),
		),
		types: new Map(attributes.map(([name, { type }]) => [name, type ?? 'text'])),
	};
}
