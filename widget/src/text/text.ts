import zh from './zh.json';

/** Every word the page itself says. What the assistant says comes from the server. */
export const text = zh;

/** The template with `{name}` replaced by the value of that name. */
export function fill(template: string, values: Readonly<Record<string, string | number>>): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) =>
    name in values ? String(values[name]) : whole,
  );
}

/** The entry of a word list, or the key itself for a word the page does not know. */
export function wordFor(words: Readonly<Record<string, string>>, key: string): string {
  return words[key] ?? key;
}
