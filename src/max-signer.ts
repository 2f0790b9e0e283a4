/** So many characters has at most the name of who does something, as others are shown it. */
export const MAX_SIGNER = 200;
