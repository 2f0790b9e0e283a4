import { InvalidArgumentError } from "commander";

/** What an option takes that is a whole number from `least` to `most`. */
export function wholeNumber(most: number, least = 1): (given: string) => number {
  return (given) => {
    const number = Number(given);
    if (/^\d+$/.test(given) && number >= least && number <= most) return number;
    throw new InvalidArgumentError(`Expected a whole number from ${least} to ${most}.`);
  };
}
