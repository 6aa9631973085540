import type { StructNode } from './page';

export type Child = StructNode['children'][number];

export function isNode(child: Child): child is StructNode {
	return 'role' in child;
}

/** Content in order, inline elements unfolded. */
export function marksOf(children: readonly Child[], into: string[] = []): string[] {
	for (const child of children) {
		if (isNode(child)) marksOf(child.children, into);
		else into.push(child.mark);
	}
	return into;
}
