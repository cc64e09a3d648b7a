import type { Language } from '../language.js';
import { bn } from './bn.js';
import { en, type Texts } from './en.js';

const all: Readonly<Record<Language, Texts>> = { en, bn };

export function textsIn(language: Language): Texts {
  return all[language];
}
