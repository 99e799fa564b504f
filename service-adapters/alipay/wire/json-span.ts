/**
 * The exact text of the value that `name` has at the top level of a JSON object: a signature covers these very characters, which a
 * parser and a serialiser would not give back. Undefined when `json` is no object or has no such name, or has it twice.
 */
export function topLevelSpan(json: string, name: string): string | undefined {
  const found: string[] = [];
  let at = skipSpace(json, 0);
  if (json[at] !== '{') return undefined;
  at = skipSpace(json, at + 1);
  while (json[at] === '"') {
    const keyEnd = stringEnd(json, at);
    const valueStart = skipSpace(json, skipSpace(json, keyEnd) + 1);
    const valueEnd = endOfValue(json, valueStart);
    if (valueEnd === undefined) return undefined;
    if (json.slice(at + 1, keyEnd - 1) === name) found.push(json.slice(valueStart, valueEnd));
    at = skipSpace(json, valueEnd);
    if (json[at] === ',') at = skipSpace(json, at + 1);
  }
  return found.length === 1 ? found[0] : undefined;
}

function skipSpace(json: string, from: number): number {
  let at = from;
  while (at < json.length && ' \t\r\n'.includes(json.charAt(at))) at += 1;
  return at;
}

/** After the closing quote of the string that opens at `from`. */
function stringEnd(json: string, from: number): number {
  let at = from + 1;
  while (at < json.length && json[at] !== '"') at += json[at] === '\\' ? 2 : 1;
  return at + 1;
}

function endOfValue(json: string, from: number): number | undefined {
  let depth = 0;
  for (let at = from; at < json.length; ) {
    const char = json.charAt(at);
    if (char === '"') {
      at = stringEnd(json, at);
      if (depth === 0) return at;
      continue;
    }
    if (depth === 0 && at > from && ',} \t\r\n'.includes(char)) return at; // end of a number or a word
    if (char === '{' || char === '[') depth += 1;
    if (char === '}' || char === ']') depth -= 1;
    at += 1;
    if (depth === 0 && (char === '}' || char === ']')) return at;
  }
  return undefined;
}
