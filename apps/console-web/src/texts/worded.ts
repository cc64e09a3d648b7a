/** The same keys with other words: a language that lacks one does not compile. */
export type Worded<Part> = { readonly [Name in keyof Part]: Part[Name] extends string ? string : Worded<Part[Name]> };
