/** Orders texts by their code units, which no locale changes. */
export const compareTexts = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
