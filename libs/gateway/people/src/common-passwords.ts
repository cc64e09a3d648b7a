/**
 * What people take first. A password is held against these without its digits and signs, and with the digits that stand
 * for letters read as letters, so that `P@ssw0rd2026!` is what it looks like.
 */
const words = `
password passwort senha motdepasse contrasena parola secret geheim admin administrator root superuser user guest test
tester testing demo welcome willkommen bemvindo letmein login master access changeme default temporary qwerty qwertyuiop
qwertyuiopasdfghjkl asdfghjkl asdfghjklzxcvbnm zxcvbnm qazwsx qazwsxedc qwertz azerty abcdef abcdefgh abcdefghij
abcdefghijkl abcabcabc iloveyou loveyou lovely princess sunshine football baseball basketball superman batman dragon
monkey shadow michael jordan starwars trustno trustnoone freedom whatever computer internet samsung google facebook
bangladesh dhaka chittagong brasil brazil corinthians flamengo palmeiras amormeu teamo paymatch payment payments bkash
nagad rocket upay merchant shop mypassword yourpassword mysecret passwordpassword adminadmin testtest hellohello helloworld
correcthorsebatterystaple thisismypassword iamthebest nopassword opensesame supersecret topsecret`
  .trim()
  .split(/\s+/);
const common = new Set(words);

const LETTERS: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'l',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};

const RUNS = '01234567890 abcdefghijklmnopqrstuvwxyz qwertyuiop asdfghjkl zxcvbnm'.split(' ');

/** Whether it is among what is tried first, or next to it. */
export function isCommonPassword(password: string): boolean {
  const lower = password.toLowerCase();
  if (new Set(lower).size < 5) return true;
  const bare = lower.replace(/[^a-z]/g, '');
  const meant = [...lower.replace(/[\d\W_]+$/, '')].map((sign) => LETTERS[sign] ?? sign).join('');
  const halves = [bare, meant.replace(/[^a-z]/g, '')].flatMap((text) => [text, half(text)]);
  return halves.some((text) => common.has(text)) || isRun(lower);
}

/** `passwordpassword` is `password`. */
function half(text: string): string {
  const middle = text.length / 2;
  return text.slice(0, middle) === text.slice(middle) ? text.slice(0, middle) : text;
}

/** Nothing but walks along a row of the keyboard, the alphabet or the digits, forwards or back. */
function isRun(text: string): boolean {
  const steps = [...text].slice(1).filter((sign, at) => {
    const pair = text[at]! + sign;
    const back = sign + text[at]!;
    return RUNS.some((run) => run.includes(pair) || run.includes(back));
  });
  return steps.length >= text.length - 3;
}
