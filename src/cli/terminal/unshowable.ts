/**
 * What moves the cursor, speaks to the terminal or turns text around: control characters (but for the end
 * of a line and the tab), other ends of lines, and overrides of the direction.
 */
export const UNSHOWABLE = /(?![\n\t])\p{Cc}|[\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;
